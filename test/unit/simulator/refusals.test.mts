import {
	place,
	send,
	secret,
	SPOKEN,
	status,
	trigger,
	type Spoken,
} from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LONDON = '+442079460123';
const tooLarge = { note: 'x'.repeat(20 * 1024) };

test.each<[string, Spoken, unknown, string]>([
	['no body', 'g1', [], 'The body must be a JSON object'],
	['no number', 'g1', {}, 'to_number is required'],
	['a national number', 'g1', { to_number: '020 7946 0123' }, 'to_number is not a valid'],
	['a numeric number', 'g1', { to_number: 442079460123 }, 'to_number must be a string'],
	['an unknown field', 'g2', { to_number: LONDON, from: '1' }, 'from is not a known field'],
	['metadata with a number', 'g2', { to_number: LONDON, metadata: { a: 1 } }, 'metadata.a must be'],
	['metadata as a list', 'g2', { to_number: LONDON, metadata: [] }, 'metadata must be an object'],
	['26 KB of metadata', 'g2', { to_number: LONDON, metadata: tooLarge }, 'metadata is too large'],
	[
		'an encryption of G3',
		'g2',
		{ to_number: LONDON, encryption: 'tls_srtp' },
		'encryption must be',
	],
	[
		'no number of its country',
		'g2',
		{ to_number: '020 123', country_code: 'GB' },
		'to_number is not',
	],
	['no such country', 'g2', { to_number: '020', country_code: 'XX' }, 'country_code must be'],
	['no environment', 'g3', { toNumber: LONDON }, 'environment is required'],
	['a wrong environment', 'g3', { toNumber: LONDON, environment: 'test' }, 'environment must be'],
	['the field of G2', 'g3', { to_number: LONDON, environment: 'live' }, 'to_number is not a known'],
	[
		'the encryption of G2',
		'g3',
		{ toNumber: LONDON, environment: 'live', encryption: 'TLS/SRTP' },
		'encryption must be',
	],
])('%s (%s) is refused with 400 and not dialed', async (_what, version, body, message) => {
	const polyAi = await startPolyAi({ versions: [version] });
	const refused = await trigger(polyAi, body as object, { version });
	expect(refused.status).toBe(400);
	expect(refused.text).toContain(message);
	expect(polyAi.journal.dials).toEqual([]);
});

test.each<[Spoken, object, object]>([
	[
		'g2',
		{ to_number: '020 7946 0123', country_code: 'GB', metadata: { a: '1' }, encryption: 'TLS/RTP' },
		{ number: LONDON, metadata: { a: '1' }, environment: 'live' },
	],
	[
		'g3',
		{ toNumber: '(202) 555-0123', countryCode: 'US', environment: 'sandbox', metadata: { b: '2' } },
		{ number: '+12025550123', metadata: { b: '2' }, environment: 'sandbox' },
	],
])('%s understands a national number and passes the rest on', async (version, body, dial) => {
	const polyAi = await startPolyAi({ versions: [version] });
	const callSid = await place(polyAi, body, version);
	expect(polyAi.journal.dials).toEqual([expect.objectContaining({ ...dial, version, callSid })]);
});

describe('G1 documents no field but the number; metadata', () => {
	const given = { to_number: LONDON, metadata: { name: 'Ann' } };

	test.each([
		['is ignored', 'ignored', 200, [{ metadata: {} }]],
		['is accepted', 'accepted', 200, [{ metadata: { name: 'Ann' } }]],
		['is refused', 'refused', 400, []],
	] as const)('%s', async (_, g1Fields, code, dials) => {
		const polyAi = await startPolyAi({ g1Fields });
		expect((await trigger(polyAi, given)).status).toBe(code);
		expect(polyAi.journal.dials).toMatchObject(dials);
	});
});

test('metadata just below the limit passes: 26 KB as base64, not as text', async () => {
	const polyAi = await startPolyAi({ versions: ['g2'] });
	const room = Math.floor((26 * 1024 - 1) / 4) * 3 - JSON.stringify({ a: '' }).length;
	const body = (length: number) => ({ to_number: LONDON, metadata: { a: 'x'.repeat(length) } });
	expect((await trigger(polyAi, body(room), { version: 'g2' })).status).toBe(200);
	expect((await trigger(polyAi, body(room + 1), { version: 'g2' })).status).toBe(400);
});

describe('the Agents API', () => {
	test('answers 404 for an environment without a connector, and for another agent', async () => {
		const polyAi = await startPolyAi({ versions: ['g3'], environments: ['sandbox'] });
		expect((await trigger(polyAi, LONDON, { version: 'g3' })).status).toBe(404);
		polyAi.set({ agentId: 'PROJECT-OTHER', environments: ['live'] });
		expect((await trigger(polyAi, LONDON, { version: 'g3' })).status).toBe(404);
		expect(polyAi.journal.dials).toEqual([]);
	});

	test('answers 404 for a variant that the agent does not have', async () => {
		const polyAi = await startPolyAi({ versions: ['g3'], variants: { 'V-1': 'Rome' } });
		const ask = async (variantId: string) =>
			await trigger(
				polyAi,
				{ toNumber: LONDON, environment: 'live', variantId },
				{ version: 'g3' },
			);
		expect((await ask('V-2')).status).toBe(404);
		expect(polyAi.journal.dials).toEqual([]);
		expect((await ask('V-1')).status).toBe(200);
	});

	test('finds a call only in the environment that it was placed in', async () => {
		const polyAi = await startPolyAi({ versions: ['g3'] });
		const sid = await place(polyAi, LONDON, 'g3');
		const path = SPOKEN.g3.status(sid).split('?')[0];
		const ask = async (query: string) =>
			(await send(polyAi, 'GET', path + query, { headers: secret(polyAi, 'g3') })).status;
		expect(await ask('?environment=live')).toBe(200);
		expect(await ask('?environment=sandbox')).toBe(404);
		expect(await ask('')).toBe(400);
	});
});

test('answers 400 for what is no call SID, and 404 for one that no call has', async () => {
	const polyAi = await startPolyAi({ versions: ['g1', 'g2'] });
	const uuid = '00000000-0000-4000-8000-000000000000';
	for (const [sid, code] of Object.entries({ [uuid]: 404, [`OUT-${uuid}`]: 404, 'OUT-1': 400 })) {
		expect([sid, (await status(polyAi, sid)).status]).toEqual([sid, code]);
	}
});

test('a SID is data: encoded characters lead to no other path', async () => {
	const polyAi = await startPolyAi();
	const odd = await status(polyAi, encodeURIComponent('a/../b?c#d %'));
	expect(odd.status).toBe(400);
	expect(polyAi.journal.requests[0]).toMatchObject({
		operation: 'status',
		callSid: 'a/../b?c#d %',
	});
	expect((await status(polyAi, '%E0%A4%A')).status).toBe(400);
});
