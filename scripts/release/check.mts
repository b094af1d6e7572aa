/**
 * Checks everything about a release that can be checked on this machine; stops at the first
 * problem.
 *
 *     npm run release:check                   before the version is tagged
 *     npm run release:check -- --tag v1.2.3   with what holds for the tag as well
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startInstance, type Instance } from '../../test/support/e2e/instance.mts';
import { packPackage } from '../../test/support/n8n/installPackage.mts';
import { N8N_VERSION } from '../setup/n8n.mts';
import { npmScript, runChecks } from './checkList.mts';
import { contentProblems, type Manifest } from './contents.mts';
import { callProblems, loadingProblems } from './freshN8n.mts';
import { versionProblems } from './version.mts';

const { tag } = parseArgs({ options: { tag: { type: 'string' } } }).values;
const manifest = readJson<Manifest & { version: string }>('package.json');
const folder = mkdtempSync(join(tmpdir(), 'polyai-release-'));
let n8n: Instance | undefined;

function readJson<Content>(file: string): Content {
	return JSON.parse(readFileSync(file, 'utf8')) as Content;
}

function filesOf(tarball: string): string[] {
	const listing = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
	return listing
		.trim()
		.split('\n')
		.map((name) => name.replace(/^package\//, ''));
}

async function started(): Promise<Instance> {
	n8n ??= await startInstance();
	return n8n;
}

try {
	const isReady = await runChecks([
		[
			tag ? `Version, changelog and the tag ${tag} agree` : 'Version and changelog agree',
			() =>
				versionProblems({
					version: manifest.version,
					lockVersion: readJson<{ version: string }>('package-lock.json').version,
					changelog: readFileSync('CHANGELOG.md', 'utf8'),
					tag,
				}),
		],
		['Types', npmScript('typecheck')],
		['Format', npmScript('format:check')],
		['Strict lint of n8n', npmScript('lint')],
		['List of errors', npmScript('docs:errors', '--check')],
		['Build', npmScript('build')],
		['Gate of n8n’s verified community nodes, on sources and tarball', npmScript('scan')],
		[
			'The tarball holds what it should',
			() => contentProblems(filesOf(packPackage(folder)), manifest),
		],
		[
			`Installed into a fresh n8n ${N8N_VERSION}, all nodes and credentials load`,
			async () => await loadingProblems(await started(), manifest),
		],
		[
			'There a call to the simulator is placed and its result comes back',
			async () => await callProblems(await started()),
		],
	]);
	console.log(isReady ? `\n${manifest.version} is ready to be published.` : '\nNot ready.');
	process.exitCode = isReady ? 0 : 1;
} finally {
	await n8n?.close();
	rmSync(folder, { recursive: true, force: true });
}
