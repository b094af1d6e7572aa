import { readFileSync } from 'node:fs';
import { MAGIC_ENDINGS } from '../../simulator/calls/magicNumbers.mts';
import { CONTROLS } from '../../simulator/control/controls.mts';
import { readFaultText } from '../../simulator/faults/readFault.mts';
import { ERROR_SHAPES } from '../../simulator/faults/errorBodies.mts';
import { PROFILE_NAMES } from '../../simulator/profiles.mts';
import { DEFAULT_SETTINGS } from '../../simulator/settings.mts';
import { place } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const README = readFileSync('test/simulator/README.md', 'utf8');
const FACTS = readFileSync('test/simulator/FACTS.md', 'utf8');
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

test('its profiles are the simulator’s', () => {
	expect(table('Profiles').map(([name]) => name)).toEqual(PROFILE_NAMES);
});

test('its credential is right', () => {
	const rows = table('Start');
	expect(rows).toContainEqual(['Token', DEFAULT_SETTINGS.token]);
	expect(rows).toContainEqual(['Base URL', BASE]);
});

const commands = README.split('\n').filter((line) => line.startsWith('curl '));

test.each(commands)('%s', async (command) => {
	const parts = /^curl (?:-X (\w+) )?(\S+)((?: -H '[^']*')*)(?: -d '(.*)')?$/.exec(command);
	const polyAi = await startPolyAi();
	const callSid = await place(polyAi, '+442079460123');
	const [, method, url = '', headers = '', body] = parts ?? [];
	const response = await fetch(url.replace(BASE, polyAi.url).replace('CALL_SID', callSid), {
		headers: Object.fromEntries(
			[...headers.matchAll(/'(\S+): (.*?)'/g)].map(([, name, value]) => [name, value]),
		),
		method: method ?? (body ? 'POST' : 'GET'),
		body: body?.replace('CALL_SID', callSid),
	});
	expect([response.status, await response.text()]).toEqual([200, expect.any(String)]);
});

test('it shows every control there is', () => {
	const ofTheSimulator = commands.filter((command) => command.includes('/_simulator/'));
	const shown = ofTheSimulator.map((command) => {
		const name = /_simulator\/(\w+)/.exec(command)?.[1];
		const method = /-X (\w+)/.exec(command)?.[1] ?? (command.includes(' -d ') ? 'POST' : 'GET');
		return `${method} ${name}`;
	});
	expect([...new Set(shown)].toSorted()).toEqual(Object.keys(CONTROLS).toSorted());
});

describe('the page of what is certain', () => {
	const rows = FACTS.split('\n')
		.filter((line) => line.startsWith('| ') && !/^\| (---|What the)/.test(line))
		.map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

	test.each(rows)('%s: how sure that is', (_, sure, ...toChange) => {
		expect(sure).toMatch(/^((documented|measured)\b.*\(.*202\d\)|inferred\b|guessed\b)/);
		expect(toChange).toHaveLength(1);
	});

	test('every setting is in it, and what it names exists', () => {
		const named = [...FACTS.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
		expect(Object.keys(DEFAULT_SETTINGS).filter((name) => !named.includes(name))).toEqual([]);
		const faults = [...FACTS.matchAll(/`(\{"(?:on|answer|body|message|numbers|delayMs).*?\})`/g)];
		const filledIn = faults.map(([, fault = '']) =>
			fault
				.replace('[…]', '["+442079460123"]')
				.replace('"delayMs": …', '"delayMs": 1')
				.replace('"body": …', '"body": "html"')
				.replace('…', '"No"'),
		);
		expect(filledIn.length).toBeGreaterThan(8);
		for (const fault of filledIn) expect(() => readFaultText(fault)).not.toThrow();
		const profiles = [...FACTS.matchAll(/the profile `([\w-]+)`/g)].map(([, name]) => name);
		expect(PROFILE_NAMES).toEqual(expect.arrayContaining(profiles));
		expect(profiles.length).toBeGreaterThan(3);
	});
});
