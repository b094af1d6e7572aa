import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { installed, run } from './installed.mts';

/** The newest n8n that installs from the registry alone, see the table in the README. */
export const N8N_VERSION = '2.41.1';

export interface InstalledN8n {
	version: string;
	/** The Node.js that runs it. */
	node: string;
	/** n8n's start file. */
	start: string;
}

/** n8n 2.36 and newer run on Node.js 24 only. */
async function node24(): Promise<string> {
	const folder = await installed('node-24', 'Getting Node.js 24 for n8n …', async (cwd) => {
		// The package puts its program in place with an install script.
		await run('npm', ['install', 'node@24', '--ignore-scripts=false', '--no-audit'], { cwd });
	});
	return join(folder, 'node_modules', '.bin', 'node');
}

/** A real n8n, outside the project's own dependencies: it has 2,400 packages. */
export async function installedN8n(version = N8N_VERSION): Promise<InstalledN8n> {
	const node = await node24();
	const announcement = `Installing n8n ${version}. This takes three to five minutes, once.`;
	const folder = await installed(`n8n-${version}`, announcement, async (cwd) => {
		await run('npm', ['install', `n8n@${version}`, '--ignore-scripts', '--no-audit'], { cwd });
		console.log('Building its database driver. This takes up to two minutes.');
		const env = { ...process.env, ...localHeaders() };
		env.PATH = `${dirname(node)}${delimiter}${process.env.PATH}`;
		const native = ['rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false'];
		await run('npm', native, { cwd, env }).catch((error: Error) => {
			throw new Error(`${error.message}\n\nIt may need python3, make and a C++ compiler.`);
		});
	});
	return { version, node, start: join(folder, 'node_modules', 'n8n', 'bin', 'n8n') };
}

/** The headers that Node.js came with spare node-gyp a download; any version's do for this driver. */
function localHeaders(): NodeJS.ProcessEnv {
	const nodeFolder = dirname(dirname(process.execPath));
	const hasHeaders = existsSync(join(nodeFolder, 'include', 'node', 'node_api.h'));
	return hasHeaders ? { npm_config_nodedir: nodeFolder } : {};
}

/** Debian's Chromium; playwright's own download is not needed. */
export const CHROMIUM = '/usr/bin/chromium';

export async function installedChromium(): Promise<string> {
	if (existsSync(CHROMIUM)) return CHROMIUM;
	console.log('Installing Chromium …');
	await run('apt-get', ['update', '-qq']);
	await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
	return CHROMIUM;
}
