import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { installed, run } from './installed.mts';

/** The newest n8n that installs from the registry alone, see the table in the README. */
export const N8N_VERSION = '2.41.1';

/** The n8n that the end-to-end tests run in: `npm run test:e2e -- --n8n 2.8.4`. */
export const TESTED_VERSION = process.env.TESTED_N8N ?? N8N_VERSION;

export interface InstalledN8n {
	version: string;
	/** The Node.js that runs it. */
	node: string;
	/** n8n's start file. */
	start: string;
}

/** Whether an n8n is of this version or a newer one. */
export function isAtLeast(version: string, [major, minor]: [major: number, minor: number]) {
	const [itsMajor = 0, itsMinor = 0] = version.split('.').map(Number);
	return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}

/**
 * n8n 2.0 to 2.8 run on Node.js 20, 2.10 and newer need 22.16, 2.36 and newer 24. The last 1.123
 * versions claim to run on 20, but have a module that needs 22.
 */
function nodeMajorFor(version: string): number {
	return isAtLeast(version, [2, 0]) && !isAtLeast(version, [2, 10]) ? 20 : 24;
}

async function installedNode(major: number): Promise<string> {
	if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
	const announcement = `Getting Node.js ${major} for n8n …`;
	const folder = await installed(`node-${major}`, announcement, async (cwd) => {
		// The package puts its program in place with an install script.
		await run('npm', ['install', `node@${major}`, '--ignore-scripts=false', '--no-audit'], { cwd });
	});
	return join(folder, 'node_modules', '.bin', 'node');
}

/** A real n8n, outside the project's own dependencies: it has 2,400 packages. */
export async function installedN8n(version = TESTED_VERSION): Promise<InstalledN8n> {
	const node = await installedNode(nodeMajorFor(version));
	const announcement = `Installing n8n ${version}. This takes three to five minutes, once.`;
	const folder = await installed(`n8n-${version}`, announcement, async (cwd) => {
		replaceWhatIsOnNoRegistry(cwd);
		await npmInstall(`n8n@${version}`, cwd);
		await hoistZod(cwd);
		console.log('Building its database driver. This takes up to two minutes.');
		const PATH = `${dirname(node)}${delimiter}${process.env.PATH}`;
		const env = { ...process.env, ...localHeaders(), PATH, JOBS: 'max' };
		const native = ['rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false'];
		await run('npm', native, { cwd, env }).catch((error: Error) => {
			throw new Error(`${error.message}\n\nIt may need python3, make and a C++ compiler.`);
		});
	});
	return { version, node, start: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/**
 * In some versions, every part that needs zod gets its own copy, and the copies don't work
 * together.
 */
async function hoistZod(cwd: string): Promise<void> {
	const modules = join(cwd, 'node_modules');
	if (existsSync(join(modules, 'zod'))) return;
	const manifest = readFileSync(join(modules, 'n8n', 'package.json'), 'utf8');
	const { dependencies } = JSON.parse(manifest) as { dependencies: { zod: string } };
	await npmInstall(`zod@${dependencies.zod}`, cwd);
}

/**
 * If one of its many packages was released just now, npm's cache may lack another one that came
 * with it: the second time npm asks the registry.
 */
async function npmInstall(wanted: string, cwd: string): Promise<void> {
	const args = ['install', wanted, '--ignore-scripts', '--no-audit'];
	await run('npm', args, { cwd }).catch(async () => {
		await run('npm', [...args, '--prefer-online'], { cwd });
	});
}

/** n8n 1 and early n8n 2 refer to a file on a host that isn't a registry. */
function replaceWhatIsOnNoRegistry(folder: string): void {
	const path = join(folder, 'package.json');
	const manifest = JSON.parse(readFileSync(path, 'utf8')) as object;
	writeFileSync(path, JSON.stringify({ ...manifest, overrides: { xlsx: '0.18.5' } }));
}

/**
 * With Node.js's own headers, node-gyp doesn't have to download any; those of any version work for
 * this driver.
 */
function localHeaders(): NodeJS.ProcessEnv {
	const nodeFolder = dirname(dirname(process.execPath));
	const hasHeaders = existsSync(join(nodeFolder, 'include', 'node', 'node_api.h'));
	return hasHeaders ? { npm_config_nodedir: nodeFolder } : {};
}

/** Debian's Chromium; playwright's own download isn't needed. */
export const CHROMIUM = '/usr/bin/chromium';

export async function installedChromium(): Promise<string> {
	if (existsSync(CHROMIUM)) return CHROMIUM;
	console.log('Installing Chromium …');
	await run('apt-get', ['update', '-qq']);
	await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
	return CHROMIUM;
}
