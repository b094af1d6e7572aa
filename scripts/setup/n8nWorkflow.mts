import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installed, run } from './installed.mts';

/** An n8n-workflow of each minor version that installs from the registry alone, from that of n8n 1.116 to that of n8n 2.41. */
export const N8N_WORKFLOW_VERSIONS = [
	...['1.113.0', '1.114.0', '1.115.0', '1.116.0', '1.117.0', '1.118.2', '1.119.1', '1.120.31'],
	...['2.0.1', '2.1.1', '2.2.0', '2.3.4', '2.4.3', '2.5.1', '2.6.1', '2.7.1', '2.8.0', '2.9.1'],
	...['2.10.2', '2.11.1', '2.13.1', '2.14.1', '2.15.0', '2.16.0', '2.17.2', '2.20.3', '2.22.3'],
	...['2.23.0', '2.25.2', '2.27.2', '2.28.4', '2.29.3', '2.30.2', '2.31.3', '2.33.2'],
	...['2.34.3', '2.35.3', '2.36.4', '2.37.4', '2.38.1', '2.39.3', '2.40.1', '2.41.0'],
];

/**
 * All of them in one folder, so that they share dependencies. Returns a function that loads one.
 */
export async function installedN8nWorkflows(): Promise<
	(version: string) => typeof import('n8n-workflow')
> {
	const newest = N8N_WORKFLOW_VERSIONS.at(-1);
	const count = N8N_WORKFLOW_VERSIONS.length;
	const announcement = `Installing ${count} versions of n8n-workflow. This takes a minute, once.`;
	const folder = await installed(`n8n-workflow-${newest}`, announcement, async (cwd) => {
		const packages = N8N_WORKFLOW_VERSIONS.map((one) => `${aliasOf(one)}@npm:n8n-workflow@${one}`);
		// They ask for different versions of zod, which each finds in its own folder.
		const flags = ['--ignore-scripts', '--no-audit', '--legacy-peer-deps'];
		await run('npm', ['install', ...packages, ...flags], { cwd });
	});
	const load = createRequire(join(folder, 'package.json'));
	return (version) => load(aliasOf(version)) as typeof import('n8n-workflow');
}

function aliasOf(version: string): string {
	return `n8n-workflow-${version}`;
}
