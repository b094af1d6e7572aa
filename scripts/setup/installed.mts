import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Everything that this project installs besides its own dependencies; git doesn't see it. */
export const CACHE = resolve('.cache');

type Install = (folder: string) => Promise<void>;

/** By name: two versions of n8n may need the same Node.js at once. */
const underWay = new Map<string, Promise<string>>();

/**
 * A folder in the cache that is filled once. The stamp is written last, so that an interrupted
 * installation is discarded and repeated.
 *
 * @param announcement printed before an installation, with how long it takes
 */
export async function installed(
	name: string,
	announcement: string,
	install: Install,
): Promise<string> {
	const installing = underWay.get(name) ?? fill(join(CACHE, name), announcement, install);
	underWay.set(name, installing);
	return await installing;
}

async function fill(folder: string, announcement: string, install: Install): Promise<string> {
	const stamp = join(folder, '.installed');
	if (existsSync(stamp)) return folder;
	console.log(announcement);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
	await install(folder);
	writeFileSync(stamp, '');
	return folder;
}

/**
 * Runs a command and prints every half minute that it's still running; shows its output only on
 * failure.
 */
export async function run(
	command: string,
	args: string[],
	options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<void> {
	const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
	const output: Buffer[] = [];
	child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
	child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
	const start = Date.now();
	const sign = setInterval(() => {
		console.log(`  … ${Math.round((Date.now() - start) / 1000)} s`);
	}, 30_000);
	const kill = () => child.kill();
	process.once('exit', kill);
	try {
		const code = await new Promise<number | null>((done, fail) => {
			child.once('error', fail);
			child.once('close', done);
		});
		if (code === 0) return;
		throw new Error(`${command} ${args.join(' ')} failed:\n${Buffer.concat(output).toString()}`);
	} finally {
		clearInterval(sign);
		process.removeListener('exit', kill);
	}
}
