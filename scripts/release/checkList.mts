import { spawnSync } from 'node:child_process';

/** Returns what is wrong, in lines; none if all is well. */
export type Check = () => string[] | Promise<string[]>;

/** Runs one check after the other, prints each, and stops at the first that fails. */
export async function runChecks(checks: ReadonlyArray<[name: string, check: Check]>) {
	for (const [name, check] of checks) {
		const started = Date.now();
		const problems = await settled(check);
		const seconds = Math.round((Date.now() - started) / 1000);
		console.log(
			`${problems.length === 0 ? '✓' : '✗'} ${name}${seconds > 0 ? ` (${seconds} s)` : ''}`,
		);
		for (const problem of problems) console.error(`    ${problem.replaceAll('\n', '\n    ')}`);
		if (problems.length > 0) return false;
	}
	return true;
}

async function settled(check: Check): Promise<string[]> {
	try {
		return await check();
	} catch (error) {
		return [error instanceof Error ? error.message : String(error)];
	}
}

/** One of the package's own npm scripts; what it prints is shown only when it fails. */
export function npmScript(name: string, ...args: string[]): Check {
	return () => {
		const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', name, '--', ...args], {
			encoding: 'utf8',
			shell: process.platform === 'win32',
		});
		return status === 0 ? [] : [`${stdout}${stderr}`.trim() || `npm run ${name} failed`];
	};
}
