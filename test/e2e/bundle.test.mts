import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { installPackage, packPackage } from '../support/n8n/installPackage.mts';

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

/** Of the files that n8n loads by path, those whose class is not the one of the common bundle. */
function notOfTheBundle(files: string[]): string[] {
	const script = `
		const { basename, resolve } = require('node:path');
		const bundle = require(resolve('dist/package.js'));
		const isOther = (file) => {
			const name = basename(file).split('.')[0];
			const loaded = require(resolve(file))[name];
			return typeof loaded !== 'function' || loaded !== bundle[name];
		};
		process.stdout.write(JSON.stringify(${JSON.stringify(files)}.filter(isOther)));
	`;
	const env = { ...process.env, NODE_PATH: resolve('node_modules') };
	const printed = execFileSync(process.execPath, ['-e', script], { cwd: installed, env });
	return JSON.parse(printed.toString()) as string[];
}

test('both nodes are one module, so that the trigger sees the calls that the action node placed', () => {
	expect(notOfTheBundle([...n8n.nodes, ...n8n.credentials])).toEqual([]);
});

test('the tarball carries the license of everything that is bundled in it', () => {
	const licenses = readFileSync(join(installed, 'dist', 'licenses.txt'), 'utf8');

	for (const name of ['libphonenumber-js', 'p-limit']) {
		expect(licenses).toContain(`${name} ${devDependencies[name]} (MIT)`);
	}
	expect(licenses).toContain('END OF TERMS AND CONDITIONS');
	expect(readFileSync(join(installed, 'LICENSE'), 'utf8')).toContain('MIT License');
});
