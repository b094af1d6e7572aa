import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const NAME = 'polyai-simulator.mjs';

/** The folder of somebody who has the file and nothing else. */
const folder = mkdtempSync(join(tmpdir(), 'polyai-simulator-'));
let running: ChildProcess | undefined;

beforeAll(() => {
	execFileSync(process.execPath, ['scripts/build/singleFiles.js', folder]);
	expect(readdirSync(folder)).toContain(NAME);
});

afterAll(() => {
	running?.kill('SIGKILL');
	rmSync(folder, { recursive: true });
});

/** Not even what this process was told about modules reaches it. */
function start(...args: string[]) {
	const child = spawn(process.execPath, [NAME, ...args], {
		cwd: folder,
		env: {},
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	running = child;
	return { child, lines: createInterface({ input: child.stdout }) };
}

async function helpLines(): Promise<string[]> {
	const said: string[] = [];
	for await (const line of start('--help').lines) said.push(line);
	return said;
}

test('with Node alone, it places a call and tells how it ended, until it is stopped', async () => {
	const { child, lines } = start('--port', '0', '--queued', '0', '--calling', '0');
	const [first] = (await once(lines, 'line')) as [string];
	const base = `${/http:\S+/.exec(first)?.[0]}/v1/outbound-calling`;
	const headers = { 'X-PolyAi-Auth-Token': 'simulator-token' };

	const body = JSON.stringify({ to_number: '+442079460003' });
	const placed = await fetch(`${base}/trigger`, { method: 'POST', headers, body });
	const { callSid } = (await placed.json()) as { callSid: string };
	const read = await fetch(`${base}/${callSid}/status`, { headers });
	expect(await read.json()).toMatchObject({ callSid, status: 'failure' });

	child.kill('SIGINT');
	expect(await once(child, 'exit')).toEqual([0, null]);
});

test('its help is one screen that names the file, and the page where one reads on', async () => {
	const said = await helpLines();
	expect(said.length).toBeLessThanOrEqual(24);
	expect(Math.max(...said.map((line) => line.length))).toBeLessThanOrEqual(80);
	expect(said.join('\n')).toContain(`node ${NAME} [options]`);
	expect(said.join('\n')).not.toContain('npm run');
	expect(said.at(-1)).toMatch(/^https:\/\/github\.com\/\S+\/test\/simulator$/);
});

test('it carries the licenses of what is in it', () => {
	const text = readFileSync(join(folder, NAME), 'utf8');
	const [, notice = ''] = text.split('\n/*!\n');
	for (const name of ['n8n-nodes-polyai contributors', 'libphonenumber-js', 'zod']) {
		expect(notice).toContain(name);
	}
	expect(notice.match(/Permission is hereby granted/g)).toHaveLength(3);
});
