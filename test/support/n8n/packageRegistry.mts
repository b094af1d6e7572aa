import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';

export interface PackageRegistry {
	/** With it n8n's own installer asks this registry instead of npm's, and reaches no other host. */
	env: Record<string, string>;
	close(): Promise<void>;
}

/**
 * A package registry that has one package. n8n takes another registry than npm's only with a license,
 * so the `npm` that it finds is one that goes to this one.
 *
 * @param tarball the packed package
 * @param folder for what has to be written
 */
export async function startRegistry(tarball: string, folder: string): Promise<PackageRegistry> {
	const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
		name: string;
		version: string;
	};
	const { name, version } = manifest;
	const content = readFileSync(tarball);
	const integrity = `sha512-${createHash('sha512').update(content).digest('base64')}`;
	const server = createServer(({ url = '' }, response) => {
		if (url.endsWith('.tgz')) return void response.end(content);
		const dist = { tarball: `${address()}/package.tgz`, integrity };
		const document = {
			name,
			'dist-tags': { latest: version },
			versions: { [version]: { ...manifest, dist } },
		};
		response.writeHead(url === `/${name}` ? 200 : 404, { 'content-type': 'application/json' });
		response.end(JSON.stringify(document));
	});
	const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

	const programs = join(folder, 'programs');
	const npm = join(programs, 'npm');
	mkdirSync(programs, { recursive: true });
	const path = process.env.PATH ?? '';
	// Of two that are given, npm takes the last. It must not go through the proxy for the others.
	writeFileSync(
		npm,
		`#!/bin/sh\nunset https_proxy HTTPS_PROXY\nPATH='${path}' exec npm "$@" --registry=${address()} --cache='${join(folder, 'npm-cache')}'\n`,
	);
	chmodSync(npm, 0o755);
	const nowhere = 'http://127.0.0.1:9';
	return {
		env: {
			PATH: `${programs}${delimiter}${path}`,
			HTTPS_PROXY: nowhere,
			https_proxy: nowhere,
			N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		},
		async close() {
			server.closeAllConnections();
			await new Promise<void>((done) => server.close(() => done()));
		},
	};
}
