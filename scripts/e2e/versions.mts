/**
 * Runs the tests that touch n8n's surface in every n8n of the README's table of versions, and writes
 * that table.
 *
 *     npm run versions
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8N_VERSION } from '../setup/n8n.mts';
import { n8nToTest, runTests, type TestedN8n } from './run.mts';
import { SURFACE, SURFACE_FILES } from './surface.mts';

/**
 * The last n8n 1, the oldest 2 that installs, the last on Node.js 20, the last before 2.17 that
 * installs, and the newest.
 */
const VERSIONS = ['1.123.81', '2.0.3', '2.8.4', '2.16.1', N8N_VERSION];

const PAGE = 'README.md';
const TABLE = /(<!-- versions -->\n)[\s\S]*(<!-- \/versions -->)/;

/** Of Jest's report: https://jestjs.io/docs/configuration#testresultsprocessor-string */
interface Report {
	testResults: Array<{ name: string; assertionResults: Array<{ status: string }> }>;
}

const folder = mkdtempSync(join(tmpdir(), 'polyai-versions-'));
const rows: string[][] = [];
for (const version of VERSIONS) {
	const n8n = await n8nToTest(version);
	const file = join(folder, `${version}.json`);
	runTests(n8n, SURFACE_FILES, ['--json', `--outputFile=${file}`]);
	rows.push(rowOf(n8n, JSON.parse(readFileSync(file, 'utf8')) as Report));
}
writeTable();

function rowOf({ version, nodeVersion }: TestedN8n, { testResults }: Report): string[] {
	const cells = Object.values(SURFACE).map((files) => {
		const ofFiles = testResults.filter(({ name }) =>
			files.some((file) => name.includes(`/${file}`)),
		);
		// A message that something is missing doesn't count as having it.
		const tests = ofFiles.filter(({ name }) => !name.includes('without'));
		const statuses = tests.flatMap((one) => one.assertionResults.map(({ status }) => status));
		const failed = ofFiles.some((one) =>
			one.assertionResults.some(({ status }) => status === 'failed'),
		);
		if (failed || tests.length === 0) return 'fails';
		return statuses.includes('passed') ? 'yes' : '–';
	});
	return [version, nodeVersion.replace(/^v(\d+).*/, '$1'), ...cells];
}

function writeTable(): void {
	const head = ['n8n', 'Node.js', ...Object.keys(SURFACE)];
	const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
	const page = readFileSync(PAGE, 'utf8').replace(TABLE, `$1\n${lines.join('\n')}\n$2`);
	writeFileSync(PAGE, page);
	console.log(lines.join('\n'));
	process.exitCode = rows.flat().includes('fails') ? 1 : 0;
}
