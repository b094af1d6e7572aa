import { spawnSync } from 'node:child_process';
import { build } from '../setup/built.mts';
import { installedN8n } from '../setup/n8n.mts';

export interface TestedN8n {
	version: string;
	/** Such as `v24.1.0`. */
	nodeVersion: string;
}

/** Installs an n8n, if it isn't there yet, and returns what runs it. */
export async function n8nToTest(wanted: string): Promise<TestedN8n> {
	const { version, node } = await installedN8n(wanted);
	const nodeVersion = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
	console.log(`n8n ${version} on Node.js ${nodeVersion}`);
	return { version, nodeVersion };
}

/** How many test files run at once. Each has an n8n of its own, which waits most of the time. */
const AT_ONCE = 2;

/**
 * Runs end-to-end tests in an n8n.
 *
 * @param names of files in `test/e2e`, or parts of them; none for all
 * @param jestArguments further arguments for Jest
 * @returns whether all passed
 */
export function runTests(
	{ version }: TestedN8n,
	names: readonly string[],
	jestArguments: readonly string[] = [],
): boolean {
	const files = names.length > 0 ? names.map((name) => `test/e2e/${name}`) : ['test/e2e'];
	// Once for all of them.
	build();
	const settings = [`--maxWorkers=${AT_ONCE}`, ...jestArguments];
	const { status } = spawnSync('npx', ['jest', ...files, ...settings], {
		stdio: 'inherit',
		env: { ...process.env, TESTED_N8N: version },
		shell: process.platform === 'win32',
	});
	return status === 0;
}
