import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Who runs a server: not root where the server refuses that. */
export interface User {
	uid: number;
	gid: number;
}

export interface OwnServer {
	/** Ends the server and removes its folder. */
	close(): Promise<void>;
}

const LONGEST_START_MS = 30_000;

/**
 * Runs the server until the pipe to us breaks, then removes its folder: nothing is left behind,
 * whatever way we end.
 */
const GUARD = `
folder=$1; shift
"$@" </dev/null & server=$!
cat >/dev/null
kill -INT $server; wait $server
rm -rf "$folder"`;

/** A folder of the server's own, which nobody else can read. */
export function ownFolder(name: string, user?: User): string {
	const folder = mkdtempSync(join(tmpdir(), `polyai-${name}-`));
	chmodSync(folder, 0o700);
	if (user) chownSync(folder, user.uid, user.gid);
	return folder;
}

/**
 * A server for one test, beside what the machine itself may run.
 *
 * @param folder is removed at the end
 * @param isReady asked until it says so
 * @throws with all that the server printed if it does not get ready
 */
export async function startOwnServer(
	folder: string,
	command: string[],
	isReady: () => Promise<boolean>,
	user?: User,
): Promise<OwnServer> {
	const guard = spawn('/bin/sh', ['-c', GUARD, 'sh', folder, ...command], {
		stdio: ['pipe', 'pipe', 'pipe'],
		// A group of its own, so that Ctrl-C in the terminal reaches us first.
		detached: true,
		cwd: folder,
		...user,
	});
	const output: Buffer[] = [];
	guard.stdout.on('data', (chunk: Buffer) => output.push(chunk));
	guard.stderr.on('data', (chunk: Buffer) => output.push(chunk));
	const ended = new Promise((done) => guard.once('close', done));
	const close = async () => {
		guard.stdin.end();
		await ended;
	};
	const giveUp = Date.now() + LONGEST_START_MS;
	while (!(await isReady())) {
		if (Date.now() > giveUp) {
			await close();
			throw new Error(`${command[0]} did not start:\n${Buffer.concat(output).toString()}`);
		}
		await sleep(50);
	}
	return { close };
}
