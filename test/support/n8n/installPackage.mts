import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../../scripts/setup/built.mts';

/**
 * Puts the packed tarball where n8n puts a community package, as n8n does it: unpacked, without its
 * dev, peer and optional dependencies, no install script run. (n8n's own form only installs from
 * npm's registry; another one needs a license.)
 */
export function installPackage(tarball: string, userFolder: string): void {
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	const folder = join(modules, 'n8n-nodes-polyai');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);

	const path = join(folder, 'package.json');
	const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
	for (const part of ['devDependencies', 'peerDependencies', 'optionalDependencies']) {
		delete manifest[part];
	}
	if (manifest.dependencies) throw new Error('The package has runtime dependencies');
	writeFileSync(path, JSON.stringify(manifest, null, 2));
	const dependencies = { 'n8n-nodes-polyai': manifest.version };
	writeFileSync(join(modules, '..', 'package.json'), JSON.stringify({ dependencies }));
}

/** Builds and packs the package; gives the tarball's path. */
export function packPackage(folder: string): string {
	mkdirSync(folder, { recursive: true });
	build();
	const printed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return join(folder, printed.trim().split('\n').at(-1) as string);
}
