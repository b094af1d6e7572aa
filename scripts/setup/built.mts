import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from './installed.mts';

/** Everything that the build reads, and what it writes. */
const INPUTS = [
	'credentials',
	'gulpfile.js',
	'icons',
	'nodes',
	'package-lock.json',
	'package.json',
];
const MADE_BY = ['scripts/build', 'tsconfig.json'];
const OUTPUT = 'dist';

/** Builds the package, unless `dist/` was built from the current sources. */
export function build(): void {
	const stamp = join(CACHE, 'built');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint()) return;
	const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], { encoding: 'utf8' });
	if (status !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`);
	mkdirSync(CACHE, { recursive: true });
	writeFileSync(stamp, fingerprint());
}

function fingerprint(): string {
	const hash = createHash('sha256');
	for (const file of [...INPUTS, ...MADE_BY, OUTPUT].flatMap(filesOf)) {
		hash.update(`${file}\0`).update(readFileSync(file)).update('\0');
	}
	return hash.digest('hex');
}

function filesOf(path: string): string[] {
	if (!existsSync(path)) return [];
	if (statSync(path).isFile()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => filesOf(join(path, name)));
}
