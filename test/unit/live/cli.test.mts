import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingIn } from '../../../scripts/live/report.mts';
import { somebodyBetween } from '../../support/n8n/fictionalPeople.mts';
import { accessTo } from '../../support/unit/live/visit.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LIVE = 'polyai-live.mjs';
const KEEPING = [
	'--import',
	join(process.cwd(), 'node_modules/tsx/dist/loader.mjs'),
	join(process.cwd(), 'scripts/live/keep.mts'),
];

/** Where somebody has the single file. */
const programs = mkdtempSync(join(tmpdir(), 'polyai-live-'));
beforeAll(() => void execFileSync(process.execPath, ['scripts/build/singleFiles.js', programs]));
afterAll(() => rmSync(programs, { recursive: true }));

/** Where they start it. */
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'polyai-live-'))));
afterEach(() => rmSync(folder, { recursive: true }));

interface Ran {
	output: string;
	exitCode: number | null;
}

/** The single file, which finds no module beside it, or another program in this repository. */
async function ran(
	args: string[],
	{
		program = [join(programs, LIVE)],
		typed = '',
		whenItSays,
	}: {
		program?: string[];
		typed?: string;
		whenItSays?: [string, (tool: ChildProcess) => void];
	} = {},
): Promise<Ran> {
	const tool = spawn(process.execPath, [...program, ...args], { cwd: folder, stdio: 'pipe' });
	let output = '';
	let hasSaid = false;
	for (const stream of [tool.stdout, tool.stderr]) {
		stream.on('data', (text: Buffer) => {
			output += text.toString();
			if (!whenItSays || hasSaid || !output.includes(whenItSays[0])) return;
			hasSaid = true;
			whenItSays[1](tool);
		});
	}
	tool.stdin.end(typed);
	const exitCode = await new Promise<number | null>((resolve) => tool.on('close', resolve));
	return { output, exitCode };
}

test('at a terminal: one call, Ctrl+C, a report without the token, and a recording that is kept', async () => {
	const polyAi = await startPolyAi({ versions: ['g2'], queuedMs: 0, callingMs: 0 });
	const number = somebodyBetween('09:00', '20:00');
	const { output, exitCode } = await ran([], {
		typed: [...accessTo(polyAi, 'g2'), number, number, 'call', '1', ''].join('\n'),
		whenItSays: ['The call has ended: success', (tool) => tool.kill('SIGINT')],
	});
	expect(output).toContain('Read it first');
	expect(exitCode).toBe(0);
	expect(polyAi.journal.dials.map((dial) => dial.number)).toEqual([number]);

	const [report = ''] = readdirSync(folder);
	expect(report).toMatch(/^polyai-report-\d{4}-\d\d-\d\d\.md$/);
	const text = readFileSync(join(folder, report), 'utf8');
	expect(output + text).not.toContain(polyAi.token);
	expect(recordingIn(text)).toMatchObject({ verdict: 'placed', rang: '1' });

	const kept = await ran([report, folder], {
		program: KEEPING,
	});
	expect(kept).toMatchObject({ exitCode: 0, output: expect.stringContaining('npx jest') });
	const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.json'));
	expect(JSON.parse(readFileSync(join(folder, file), 'utf8'))).toEqual(recordingIn(text));
});

test('the program itself knows an unclear answer for what it is', async () => {
	const polyAi = await startPolyAi({ versions: ['g2'] });
	polyAi.fault({ path: '/v1/outbound-calling', answer: 502, body: 'html', dials: true });
	const number = somebodyBetween('09:00', '20:00');
	const { output } = await ran([], {
		typed: [...accessTo(polyAi, 'g2'), number, number, 'call', '1', ''].join('\n'),
		whenItSays: ['PolyAI may still call', (tool) => tool.kill('SIGINT')],
	});
	expect(output).toContain("PolyAI didn't confirm whether this call was placed");
	const [report = ''] = readdirSync(folder);
	const recording = recordingIn(readFileSync(join(folder, report), 'utf8'));
	expect(recording.verdict).toBe('outcomeUnknown');
	// What is tested here is what npm run live starts: with tsx, errors would not be recognized.
	const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		scripts: Record<string, string>;
	};
	expect(scripts.live).toContain('singleFiles.js && node .cache/single-files/polyai-live.mjs');
});

test.each<[string, Record<string, unknown>]>([
	['a start that is no time', { startedAt: '../../../etc' }],
	['a server with a path', { server: '../../somewhere' }],
	['an unknown credential', { credential: '../x' }],
])('a report with %s is not kept, as it would name the file', async (_what, wrong) => {
	const recording = {
		startedAt: '2026-11-27T10:00:00.000Z',
		credential: 'token',
		server: 'api.example',
		exchanges: [],
		...wrong,
	};
	const report = join(folder, 'pasted.txt');
	writeFileSync(report, ['```json', JSON.stringify(recording), '```'].join('\n'));
	const { output, exitCode } = await ran([report, folder], { program: KEEPING });
	expect(output).toContain('does not say when, with what, or at which server');
	expect({ exitCode, files: readdirSync(folder) }).toEqual({ exitCode: 1, files: ['pasted.txt'] });
});

test('a token on the command line is refused, as the shell would remember it', async () => {
	const { output, exitCode } = await ran(['--token', 'very-secret']);
	expect(output).toContain('would stay in the history of your shell');
	expect(output).not.toContain('very-secret');
	expect({ exitCode, files: readdirSync(folder) }).toEqual({ exitCode: 1, files: [] });
});

test('answers that nobody can use are explained, and nothing is sent', async () => {
	const polyAi = await startPolyAi();
	for (const [typed, says] of [
		['3\n', 'Type 1 or 2. Nothing was sent.'],
		['1\nhttp://example.com\ntoken\n', 'https'],
		[`1\n${polyAi.url}\n\n`, 'There is no token.'],
		['', 'Type 1 or 2. Nothing was sent.'],
	] as const) {
		const { output, exitCode } = await ran([], { typed });
		expect(output).toContain(says);
		expect(exitCode).toBe(1);
	}
	expect(polyAi.journal.requests).toEqual([]);
});
