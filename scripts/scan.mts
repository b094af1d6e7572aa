import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The checks for n8n's verified community nodes, on the sources and on the packed tarball, without
 * the registry that their own command line needs. Also checks the tarball's size and contents.
 */
const MOST_BYTES = 400_000;
const SCANNER = '@n8n/scan-community-package/scanner/scanner.mjs';

interface Scanner {
	analyzePackage(
		folder: string,
		patterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
	SOURCE_FILE_PATTERNS: string[];
}

const problems: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'polyai-scan-'));
try {
	const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
		encoding: 'utf8',
	});
	const tarball = join(folder, packed.trim().split('\n').at(-1) ?? '');
	execFileSync('tar', ['-xzf', tarball, '-C', folder]);
	const unpacked = join(folder, 'package');

	const { analyzePackage, SOURCE_FILE_PATTERNS } = (await import(SCANNER)) as Scanner;
	await scan('The sources', process.cwd(), SOURCE_FILE_PATTERNS);
	await scan('The tarball', unpacked, ['**/*.js', 'package.json']);
	checkSize(statSync(tarball).size);
	checkContents(unpacked);

	async function scan(what: string, where: string, patterns: string[]): Promise<void> {
		const { passed, message, details } = await analyzePackage(where, patterns);
		if (!passed) problems.push(`${what}: ${message ?? ''}\n${details ?? ''}`);
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}

function checkSize(bytes: number): void {
	console.log(`The tarball has ${Math.round(bytes / 1000)} kB of ${MOST_BYTES / 1000} kB`);
	if (bytes >= MOST_BYTES) problems.push('The tarball is too large');
}

/** Nothing from the machine it was built on, and nothing that n8n would have to install. */
function checkContents(unpacked: string): void {
	for (const name of readdirSync(unpacked, { recursive: true, encoding: 'utf8' })) {
		const file = join(unpacked, name);
		if (!statSync(file).isFile()) continue;
		const text = readFileSync(file, 'utf8');
		if (text.includes(process.cwd())) problems.push(`${name} names a path of this machine`);
		// The README names the simulator's, which opens nothing.
		const holdsToken = !file.endsWith('.md') && text.includes('simulator-token');
		if (holdsToken) problems.push(`${name} holds a token`);
		const required = [...text.matchAll(/require\("([^".][^"]*)"\)/g)].map(([, one]) => one);
		const foreign = required.filter((one) => one !== 'n8n-workflow');
		if (file.endsWith('.js') && foreign.length > 0)
			problems.push(`${name} requires ${foreign.join()}`);
	}
}

for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? 'The package passes the gate' : 'The package fails the gate');
process.exitCode = problems.length === 0 ? 0 : 1;
