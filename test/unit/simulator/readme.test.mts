import { readFileSync } from 'node:fs';
import { MAGIC_ENDINGS } from '../../simulator/calls/magicNumbers.mts';
import { CONTROLS } from '../../simulator/control/controls.mts';
import { ERROR_SHAPES } from '../../simulator/faults/errorBodies.mts';
import { DEFAULT_SETTINGS } from '../../simulator/settings.mts';
import { place } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const README = readFileSync('test/simulator/README.md', 'utf8');
const BASE = 'http://127.0.0.1:4010';

/** The cells of the table below a heading, without its own heading. */
function table(heading: string): string[][] {
	const section = README.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
	const lines = section.split('\n').filter((line) => line.startsWith('| '));
	return lines.slice(2).map((line) =>
		line
			.split('|')
			.slice(1, -1)
			.map((cell) => cell.trim().replaceAll('`', '')),
	);
}

test('its magic numbers are the simulator’s', () => {
	const forEachConcurrently = Object.entries(MAGIC_ENDINGS).toSorted(
		([a], [b]) => Number(a) - Number(b),
	);
	expect(table('Magic numbers')).toEqual(
		forEachConcurrently.map(([ending, { means }]) => [ending, means]),
	);
});

test('its settings are the simulator’s, with their defaults', () => {
	expect(table('Settings').map(([name, usually]) => [name, usually])).toEqual(
		Object.entries(DEFAULT_SETTINGS).map(([name, value]) => [name, JSON.stringify(value)]),
	);
	for (const shape of ERROR_SHAPES) expect(README).toContain(`\`${shape}\``);
});

test('its credential is right', () => {
	const rows = table('Start');
	expect(rows).toContainEqual(['Token', DEFAULT_SETTINGS.token]);
	expect(rows).toContainEqual(['Base URL', BASE]);
});

const commands = README.split('\n').filter((line) => line.startsWith('curl '));

test.each(commands)('%s', async (command) => {
	const parts = /^curl (?:-X (\w+) )?(\S+)(?: -d '(.*)')?$/.exec(command);
	const polyAi = await startPolyAi();
	const callSid = await place(polyAi, '+442079460123');
	const [, method, url = '', body] = parts ?? [];
	const response = await fetch(url.replace(BASE, polyAi.url), {
		method: method ?? (body ? 'POST' : 'GET'),
		body: body?.replace('CALL_SID', callSid),
	});
	expect([response.status, await response.text()]).toEqual([200, expect.any(String)]);
});

test('it shows every control there is', () => {
	const shown = commands.map((command) => {
		const name = /_simulator\/(\w+)/.exec(command)?.[1];
		const method = /-X (\w+)/.exec(command)?.[1] ?? (command.includes(' -d ') ? 'POST' : 'GET');
		return `${method} ${name}`;
	});
	expect([...new Set(shown)].toSorted()).toEqual(Object.keys(CONTROLS).toSorted());
});
