import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installPackage, packPackage } from '../test/support/n8n/installPackage.mts';
import { installedN8n } from './setup/n8n.mts';

/**
 * How much longer n8n takes to start with this package: the time that n8n's own loader takes for
 * it, in a process that has already loaded n8n's core. The median of several runs.
 */
const RUNS = 9;
const MOST_MS = 100;

const { node, start } = await installedN8n();
const folder = mkdtempSync(join(tmpdir(), 'polyai-load-time-'));
try {
	installPackage(packPackage(folder), folder);
	const installed = join(folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-polyai');
	const script = `
		const { createRequire } = require('node:module');
		const { performance } = require('node:perf_hooks');
		const core = createRequire(${JSON.stringify(start)})('n8n-core');
		const before = performance.now();
		new core.PackageDirectoryLoader(${JSON.stringify(installed)}).loadAll().then(() => {
			console.log(performance.now() - before);
		});`;
	// n8n lets community packages find n8n-workflow among its own modules, in the same way.
	const env = { ...process.env, NODE_PATH: join(dirname(start), '..', '..') };
	const times = Array.from({ length: RUNS }, () =>
		Number(execFileSync(node, ['-e', script], { encoding: 'utf8', env }).trim().split('\n').at(-1)),
	);
	const median = [...times].sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Infinity;
	console.log(`n8n loads the package in ${median.toFixed(0)} ms more (of ${MOST_MS} ms allowed)`);
	console.log(`All ${RUNS} runs: ${times.map((time) => time.toFixed(0)).join(', ')} ms`);
	process.exitCode = median < MOST_MS ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
