import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export interface Mail {
	/** As they were sent: the headers, an empty line, the body in "quoted-printable". */
	source: string;
	/** The body as a person reads it. */
	body: string;
}

/** A mail server on loopback that delivers nothing. */
export interface MailServer {
	port: number;
	mails: Mail[];
	close(): Promise<void>;
}

/** Supports as much SMTP as a client needs to send without a password. */
export async function startMailServer(): Promise<MailServer> {
	const mails: Mail[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket.on('close', () => sockets.delete(socket)));
		const say = (line: string) => socket.write(`${line}\r\n`);
		let lines: string[] | undefined;
		createInterface({ input: socket }).on('line', (line) => {
			if (lines && line !== '.') return void lines.push(line);
			if (lines) mails.push(readMail(lines));
			if (lines || !/^DATA/i.test(line)) say(/^QUIT/i.test(line) ? '221 Goodbye' : '250 OK');
			else say('354 Go on');
			lines = !lines && /^DATA/i.test(line) ? [] : undefined;
		});
		say('220 Ready');
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		port: (server.address() as AddressInfo).port,
		mails,
		async close() {
			for (const socket of sockets) socket.destroy();
			await new Promise((done) => server.close(done));
		},
	};
}

function readMail(lines: string[]): Mail {
	// A line that starts with a dot is sent with another one.
	const source = lines.map((line) => line.replace(/^\./, '')).join('\n');
	const quoted = source.slice(source.indexOf('\n\n') + 2).replace(/=\n/g, '');
	const bytes = quoted.replace(/=([0-9A-F]{2})/g, (_, hex: string) => {
		return String.fromCharCode(Number.parseInt(hex, 16));
	});
	return { source, body: Buffer.from(bytes, 'latin1').toString() };
}
