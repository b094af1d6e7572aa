import { createServer, type AddressInfo } from 'node:net';

/** A port on loopback that no one listens on: the wanted one, or else any other. */
export async function freePort(wanted = 0): Promise<number> {
	const server = createServer();
	const port = await new Promise<number | undefined>((done) => {
		server.once('error', () => done(undefined));
		server.listen(wanted, '127.0.0.1', () => done((server.address() as AddressInfo).port));
	});
	await new Promise((done) => server.close(done));
	return port ?? (await freePort());
}
