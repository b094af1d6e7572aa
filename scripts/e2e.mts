/**
 * The end-to-end tests in a real n8n of any version; what else is said goes to Jest.
 *
 *     npm run test:e2e
 *     npm run test:e2e -- --n8n 2.8.4 package
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { installedN8n, N8N_VERSION } from './setup/n8n.mts';

const { values, positionals } = parseArgs({
	options: { n8n: { type: 'string', default: N8N_VERSION } },
	allowPositionals: true,
});
const { version, node } = await installedN8n(values.n8n);
console.log(
	`n8n ${version} on Node.js ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout}`,
);

const files = positionals.length > 0 ? positionals.map((name) => `test/e2e/${name}`) : ['test/e2e'];
const { status } = spawnSync('npx', ['jest', ...files, '--runInBand'], {
	stdio: 'inherit',
	env: { ...process.env, TESTED_N8N: version },
	shell: process.platform === 'win32',
});
process.exitCode = status ?? 1;
