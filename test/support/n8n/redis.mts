import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { installedServers } from '../../../scripts/setup/servers.mts';
import { freePort } from './freePort.mts';
import { ownFolder, startOwnServer, type OwnServer } from './ownServer.mts';

/** A Redis of our own, on loopback, that writes nothing down. */
export async function startRedis(): Promise<OwnServer> {
	const { redis } = await installedServers();
	const folder = ownFolder('redis');
	const port = await freePort();
	const password = randomUUID();
	const settings = ['--bind', '127.0.0.1', '--port', String(port), '--requirepass', password];
	const noFiles = ['--save', '', '--appendonly', 'no', '--dir', folder];
	const close = await startOwnServer(
		folder,
		[redis, ...settings, ...noFiles],
		async () => await accepts(port),
	);
	const env = {
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(port),
		QUEUE_BULL_REDIS_PASSWORD: password,
	};
	return { env, close };
}

async function accepts(port: number): Promise<boolean> {
	const socket = connect(port, '127.0.0.1');
	const isOpen = await new Promise<boolean>((done) => {
		socket.once('connect', () => done(true)).once('error', () => done(false));
	});
	socket.destroy();
	return isOpen;
}
