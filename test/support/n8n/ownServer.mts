import { spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithUs } from './endWithUs.mts';

/** Who runs a server: not root where the server refuses that. */
export interface User {
	uid: number;
	gid: number;
}

export interface OwnServer {
	/** What tells n8n where the server is. */
	env: Record<string, string>;
	/** Ends the server and removes its folder. */
	close(): Promise<void>;
}

const LONGEST_START_MS = 30_000;

/** A folder of the server's own, which no one else can read. */
export function ownFolder(name: string, user?: User): string {
	const folder = mkdtempSync(join(tmpdir(), `polyai-${name}-`));
	if (user) chownSync(folder, user.uid, user.gid);
	return folder;
}

/**
 * A server for one test, beside what the machine itself may run. It ends with us at the latest.
 *
 * @param folder is removed at the end
 * @param isReady asked until it says so
 * @returns what ends it
 * @throws with all that the server printed if it doesn't get ready
 */
export async function startOwnServer(
	folder: string,
	[program = '', ...args]: string[],
	isReady: () => Promise<boolean>,
	user?: User,
): Promise<OwnServer['close']> {
	const child = spawn(program, args, {
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: true,
		cwd: folder,
		...user,
	});
	endWithUs(child, 'SIGINT', folder);
	const output: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
	const ended = new Promise((done) => child.once('close', done));
	const close = async () => {
		child.kill('SIGINT');
		await ended;
		rmSync(folder, { recursive: true, force: true });
	};
	const giveUp = Date.now() + LONGEST_START_MS;
	while (!(await isReady())) {
		if (Date.now() > giveUp || child.exitCode !== null) {
			await close();
			throw new Error(`${program} did not start:\n${Buffer.concat(output).toString()}`);
		}
		await sleep(50);
	}
	return close;
}
