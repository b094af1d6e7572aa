import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Workflow {
	on: Record<string, { tags?: string[] }>;
	permissions: Record<string, string>;
	jobs: Record<
		string,
		{
			permissions?: Record<string, string>;
			strategy?: { matrix: { n8n: string[] } };
			needs?: string;
			steps: Array<{ uses?: string; run?: string; env?: Record<string, string> }>;
		}
	>;
}

const ci = readWorkflow('ci');
const publish = readWorkflow('publish');

/** Where scripts/build/singleFiles.js writes them. */
const SINGLE_FILES = ['simulator', 'live'].map((name) => `.cache/single-files/polyai-${name}.mjs`);

function readWorkflow(name: string): Workflow {
	return parse(readFileSync(`.github/workflows/${name}.yml`, 'utf8')) as Workflow;
}

function stepsOf(workflow: Workflow) {
	return Object.values(workflow.jobs).flatMap(({ steps }) => steps);
}

/** What a job runs, for every version of n8n that it is about. */
function commandsOf({ steps, strategy }: Workflow['jobs'][string]): string[] {
	const versions = strategy?.matrix.n8n ?? [''];
	return versions.flatMap((version) => {
		return steps.flatMap(({ run }) => run?.replace('${{ matrix.n8n }}', version) ?? []);
	});
}

test('GitHub runs what .ci/run runs', () => {
	const local = readFileSync('.ci/run', 'utf8');
	const steps = [...local.matchAll(/^step '(?!compiler).*?' (.*)$/gm)].map(([, command]) => {
		// Where each version of n8n has a job of its own, it is installed there.
		return command?.replace(/(?<=setup\/all\.mts) .*/, '');
	});
	const remote = Object.values(ci.jobs).flatMap(commandsOf);
	expect(steps.length).toBeGreaterThan(8);
	expect([...new Set(remote)].sort()).toEqual([...steps].sort());
});

test('a version is checked as a whole before it is published, and has provenance', () => {
	const commands = stepsOf(publish).flatMap(({ run }) => run ?? []);
	const check = commands.findIndex((run) => run.includes('npm run release:check -- --tag'));
	const publication = commands.findIndex((run) => run.startsWith('npm publish'));
	expect(publish.on).toEqual({ push: { tags: ['v*'] } });
	expect(commands[publication]).toContain('--provenance --access public');
	expect(check).toBeGreaterThan(-1);
	expect(check).toBeLessThan(publication);
});

test('only the single files’ job may write to the repository, and only the publishing may sign', () => {
	expect(ci.permissions).toEqual({ contents: 'read' });
	expect(publish.permissions).toEqual({ contents: 'read' });
	expect(Object.values(ci.jobs).map(({ permissions }) => permissions)).toEqual([
		undefined,
		undefined,
	]);
	expect(
		Object.entries(publish.jobs).map(([name, { permissions }]) => [name, permissions]),
	).toEqual([
		['npm', { contents: 'read', 'id-token': 'write' }],
		['single-files', { contents: 'write' }],
	]);
});

test('the release of a version that was published gets the single files that are built from it', () => {
	const { needs, steps = [] } = publish.jobs['single-files'] ?? {};
	expect(needs).toBe('npm');
	const runs = steps.flatMap(({ run }) => run ?? []);
	const build = runs.indexOf('npm run build:single-files');
	const upload = runs.findIndex((run) => run.startsWith('gh release upload "$GITHUB_REF_NAME"'));
	expect(build).toBeGreaterThan(-1);
	expect(upload).toBeGreaterThan(build);
	expect(runs[upload]).toContain(` ${SINGLE_FILES.join(' ')} --clobber`);
});

test.each([
	['v1.2.3', '--tag latest', false],
	['v1.2.3-beta.1', '--tag next', true],
])('who doesn’t ask for a pre-release doesn’t get one: %s', (tag, npmTag, isPrerelease) => {
	const runs = stepsOf(publish).flatMap(({ run }) => run ?? []);
	const isPublishing = (run: string) => /^(npm publish|gh release view)/.test(run);
	// There is no release yet.
	const programs = 'npm() { echo npm "$@"; }; gh() { [ "$2" = create ] && echo gh "$@"; }';
	const script = [programs, ...runs.filter(isPublishing)].join('\n');
	const env = { GITHUB_REF_NAME: tag };
	const said = execFileSync('bash', ['--norc', '-c', script], { env, encoding: 'utf8' });
	expect(said).toContain(`npm publish --provenance --access public ${npmTag}\n`);
	expect(said).toMatch(
		isPrerelease ? /create v.* --prerelease --verify-tag / : /create v1.2.3 --verify-tag /,
	);
});

test('only GitHub’s own program gets the token that may write', () => {
	const withToken = stepsOf(publish).filter(({ env = {} }) => 'GH_TOKEN' in env);
	expect(withToken.map(({ run }) => run?.slice(0, 10))).toEqual(['gh release', 'gh release']);
});

test('actions are GitHub’s own, of a fixed major version', () => {
	const used = [...stepsOf(ci), ...stepsOf(publish)].flatMap(({ uses }) => uses ?? []);
	expect(used.length).toBeGreaterThan(3);
	for (const action of used) expect(action).toMatch(/^actions\/[\w-]+@v\d+$/);
});
