import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installPackage, packPackage } from '../n8n/installPackage.mts';

let folder: string;
let installed: string;

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'polyai-bundle-'));
	installPackage(packPackage(folder), folder);
	installed = join(folder, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-polyai');
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Manifest {
	n8n: { nodes: string[]; credentials: string[] };
	devDependencies: Record<string, string>;
}

const { n8n, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** The files of the package that are in memory once these were loaded as n8n loads them: by path. */
function inMemoryAfterLoading(files: string[]): string[] {
	const script = `
		for (const file of ${JSON.stringify(files)}) require(require('path').resolve(file));
		const own = Object.keys(require.cache).filter((file) => file.startsWith(process.cwd()));
		process.stdout.write(JSON.stringify(own.map((file) => file.slice(process.cwd().length + 1))));
	`;
	const env = { ...process.env, NODE_PATH: resolve('node_modules') };
	const printed = execFileSync(process.execPath, ['-e', script], { cwd: installed, env });
	return JSON.parse(printed.toString()) as string[];
}

test('both nodes run in one module, so that the trigger sees the calls that the action node placed', () => {
	const files = [...n8n.nodes, ...n8n.credentials];

	expect(inMemoryAfterLoading(files).sort()).toEqual(['dist/package.js', ...files].sort());
});

test('the tarball carries the licence of everything that is bundled in it', () => {
	const licences = readFileSync(join(installed, 'dist', 'licences.txt'), 'utf8');

	for (const name of ['libphonenumber-js']) {
		expect(licences).toContain(`${name} ${devDependencies[name]} (MIT)`);
	}
	expect(licences).toContain('END OF TERMS AND CONDITIONS');
	expect(readFileSync(join(installed, 'LICENSE'), 'utf8')).toContain('MIT License');
});
