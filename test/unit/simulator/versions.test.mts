import { manualClock } from '../../support/unit/simulator/manualClock.mts';
import {
	ALL_SPOKEN,
	place,
	send,
	SPOKEN,
	status,
	trigger,
} from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const LONDON = '+442079460123';

test('G1: the answer is a bare SID, the status has its times', async () => {
	const clock = manualClock('2026-03-02T09:00:00.000Z');
	const polyAi = await startPolyAi({ versions: ['g1'], clock });

	const accepted = await trigger(polyAi, LONDON);
	expect(accepted.status).toBe(200);
	expect(accepted.json).toEqual({ callSid: expect.stringMatching(`^${UUID}$`) });

	clock.advance(2_000);
	const callSid = String(accepted.json.callSid);
	expect((await status(polyAi, callSid)).json).toEqual({
		callSid,
		status: 'calling',
		created_at: '2026-03-02T09:00:00.000Z',
		last_updated: '2026-03-02T09:00:02.000Z',
	});
});

test('G2: the answer is an OUT- SID in other spelling, the status has a reason', async () => {
	const clock = manualClock();
	const polyAi = await startPolyAi({ versions: ['g2'], clock, outcome: 'queue-timeout' });

	const accepted = await trigger(polyAi, LONDON, { version: 'g2' });
	expect(accepted.status).toBe(200);
	expect(accepted.json).toEqual({ call_sid: expect.stringMatching(`^OUT-${UUID}$`) });

	const sid = String(accepted.json.call_sid);
	expect((await status(polyAi, sid, 'g2')).json).toEqual({ status: 'queued', reason: '' });
	clock.advance(2_000);
	expect((await status(polyAi, sid, 'g2')).json).toEqual({
		status: 'failure',
		reason: 'call queueing: max timeout limit exceeded',
	});
});

test('G3: the answer has the status in capitals, and so has the status itself', async () => {
	const polyAi = await startPolyAi({ versions: ['g3'] });

	const accepted = await trigger(polyAi, LONDON, { version: 'g3' });
	expect(accepted.status).toBe(200);
	expect(accepted.json).toEqual({
		callSid: expect.stringMatching(`^OUT-${UUID}$`),
		status: 'QUEUED',
	});

	const callSid = String(accepted.json.callSid);
	expect((await status(polyAi, callSid, 'g3')).json).toEqual({
		callSid,
		status: 'QUEUED',
		reason: '',
	});
});

describe.each(ALL_SPOKEN)('%s', (version) => {
	const { header, word, status: pathOf } = SPOKEN[version];

	test('speaks the four words of a call', async () => {
		const clock = manualClock();
		const polyAi = await startPolyAi({ versions: [version], clock });
		const good = await place(polyAi, '+442079460001', version);
		const bad = await place(polyAi, '+442079460002', version);
		const says = async (sid: string) => (await status(polyAi, sid, version)).json.status;

		expect(await says(good)).toBe(word('queued'));
		clock.advance(2_000);
		expect(await says(good)).toBe(word('calling'));
		clock.advance(5_000);
		expect(await says(good)).toBe(word('success'));
		expect(await says(bad)).toBe(word('failure'));
	});

	test.each(['trigger', 'status'])(
		'%s wants the right secret in the right header',
		async (kind) => {
			const polyAi = await startPolyAi({ versions: [version] });
			const sid = await place(polyAi, LONDON, version);
			const ask = async (headers: Record<string, string>) =>
				kind === 'trigger'
					? await trigger(polyAi, LONDON, { version, headers })
					: await send(polyAi, 'GET', pathOf(sid), { headers });

			const otherHeader = version === 'g3' ? 'X-PolyAi-Auth-Token' : 'X-API-KEY';
			const right = version === 'g3' ? polyAi.apiKey : polyAi.token;
			for (const wrong of [{}, { [header]: 'wrong' }, { [otherHeader]: right }]) {
				const { status: code, text } = await ask(wrong);
				expect(code).toBe(401);
				expect(text).toContain('The token is missing or not valid');
			}
			expect((await ask({ [header.toLowerCase()]: right })).status).toBe(200);
			const own = kind === 'trigger' ? 2 : 1;
			expect(polyAi.journal.dials).toHaveLength(own);
		},
	);

	test('does not know a call that was never placed', async () => {
		const polyAi = await startPolyAi({ versions: [version] });
		const unknown = await status(polyAi, 'OUT-00000000-0000-4000-8000-000000000000', version);
		expect(unknown.status).toBe(404);
		expect(unknown.headers.get('x-polyai-correlation-id')).toMatch(new RegExp(UUID));
	});
});

test('a token and a key of one’s own replace the usual ones', async () => {
	const polyAi = await startPolyAi({ versions: ['g1', 'g3'], token: 'mine', apiKey: 'my-key' });
	expect((await trigger(polyAi, LONDON)).status).toBe(200);
	expect((await trigger(polyAi, LONDON, { version: 'g3' })).status).toBe(200);
	const headers = { 'X-PolyAi-Auth-Token': 'simulator-token' };
	expect((await trigger(polyAi, LONDON, { headers })).status).toBe(401);
});

test('G1 and G2 share the path of the status: each call answers as it was placed', async () => {
	const polyAi = await startPolyAi({ versions: ['g1', 'g2'] });
	const first = await place(polyAi, LONDON, 'g1');
	const second = await place(polyAi, LONDON, 'g2');
	expect((await status(polyAi, first)).json).toHaveProperty('created_at');
	expect((await status(polyAi, second)).json).toHaveProperty('reason');
});
