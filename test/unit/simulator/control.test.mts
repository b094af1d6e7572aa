import { OUTCOME_NAMES } from '../../simulator/calls/outcomes.mts';
import type { Simulator } from '../../simulator/server.mts';
import { manualClock } from '../../support/unit/simulator/manualClock.mts';
import { place, send, status, trigger } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LONDON = '+442079460123';

let clock: ReturnType<typeof manualClock>;
let polyAi: Simulator;

beforeEach(async () => {
	clock = manualClock();
	polyAi = await startPolyAi({ clock });
});

const get = async (what: string) => (await send(polyAi, 'GET', `/_simulator/${what}`)).json;
const post = async (what: string, body?: unknown) =>
	await send(polyAi, 'POST', `/_simulator/${what}`, { body });

test('the address itself tells a person what to enter in n8n', async () => {
	const { text, headers } = await send(polyAi, 'GET', '/');
	expect(headers.get('content-type')).toContain('text/plain');
	for (const wanted of [polyAi.url, polyAi.token, polyAi.apiKey, 'Region    Custom', 'serves g1']) {
		expect(text).toContain(wanted);
	}
});

test('what happened can be read, and reading leaves no trace in it', async () => {
	const callSid = await place(polyAi, LONDON);
	clock.advance(2_000);
	expect(await get('journal')).toMatchObject({
		requests: [{ operation: 'trigger' }],
		dials: [{ number: LONDON }],
		counts: { requests: 1 },
	});
	expect(await get('dials')).toMatchObject([{ callSid }]);
	expect(await get('counts')).toMatchObject({ requests: 1, dials: 1 });
	expect(await get('calls')).toMatchObject([{ sid: callSid, status: 'calling' }]);
	expect(await get('outcomes')).toEqual(OUTCOME_NAMES);
	expect(polyAi.journal.counts.requests).toBe(1);
});

test('settings are read and changed', async () => {
	expect(await get('settings')).toMatchObject({ queuedMs: 2_000, outcome: 'success' });
	const { json } = await post('settings', { queuedMs: 0, outcome: 'busy', versions: ['g2'] });
	expect(json).toMatchObject({ queuedMs: 0, outcome: 'busy', callingMs: 5_000 });
	const sid = await place(polyAi, LONDON, 'g2');
	clock.advance(5_000);
	expect((await status(polyAi, sid, 'g2')).json).toEqual({ status: 'failure', reason: 'busy' });
});

test('faults are added, listed with what is left of them, and taken away', async () => {
	await post('faults', [
		{ answer: 503, times: 2 },
		{ on: 'status', answer: 'never' },
	]);
	expect((await trigger(polyAi, LONDON)).status).toBe(503);
	expect(await get('faults')).toEqual([
		{ answer: 503, times: 1 },
		{ on: 'status', answer: 'never' },
	]);
	expect((await send(polyAi, 'DELETE', '/_simulator/faults')).json).toEqual({ done: true });
	expect((await trigger(polyAi, LONDON)).status).toBe(200);
});

test('a call is ended, a status expires, and a reset forgets all of it', async () => {
	const callSid = await place(polyAi, LONDON);
	const read = async () => await status(polyAi, callSid);
	await post('finish', { callSid, outcome: 'declined' });
	expect((await read()).json.status).toBe('failure');
	await post('expire', { callSid });
	expect((await read()).status).toBe(404);
	await post('reset');
	expect(await get('calls')).toEqual([]);
	expect(await get('counts')).toMatchObject({ requests: 0, dials: 0 });
});

test.each([
	['settings', { quedMs: 1 }, "Unrecognized key(s) in object: 'quedMs'"],
	['settings', { queuedMs: '1' }, 'queuedMs: Expected number'],
	['settings', { outcome: 'bussy' }, 'outcome: one of success, voicemail'],
	['settings', { versions: ['g4'] }, 'versions.0: Invalid enum value'],
	['faults', { answer: 'nevre' }, 'answer: a status from 200 to 599, or never, reset'],
	['faults', { answer: 1000 }, 'answer: Number must be less than or equal to 599'],
	['faults', [{ answer: 429 }, { status: 429 }], "Unrecognized key(s) in object: 'status'"],
	['finish', {}, 'callSid: Required'],
	['finish', { callSid: 'OUT-1' }, 'There is no call OUT-1'],
	['expire', undefined, 'callSid: Required'],
])('a slip of the pen in %s is refused in words and changes nothing: %j', async (to, body, why) => {
	const before = await get('settings');
	const { status: code, json } = await post(to, body);
	expect(code).toBe(400);
	expect(json.error).toContain(why);
	expect(await get('settings')).toEqual(before);
	expect(await get('faults')).toEqual([]);
});

test('what is no JSON is refused', async () => {
	const response = await fetch(`${polyAi.url}/_simulator/faults`, { method: 'POST', body: '{' });
	expect([response.status, await response.json()]).toEqual([
		400,
		{ error: 'The body is not JSON' },
	]);
});

test('what does not exist is answered with what does', async () => {
	const { status: code, json } = await send(polyAi, 'GET', '/_simulator/jurnal');
	expect(code).toBe(404);
	expect(json.controls).toContain('GET /_simulator/journal');
});
