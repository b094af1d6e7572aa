import { AGENT, LONDON, startProject } from '../../support/unit/simulator/project.mts';
import { secret } from '../../support/unit/simulator/polyAiClient.mts';

test('a conversation begins when the call leaves the queue, and tells how it went', async () => {
	const { clock, get, call } = await startProject();
	const sid = await call();
	expect((await get(`${AGENT}/${sid}`)).status).toBe(404);
	clock.advance(2_000);
	expect((await get(`${AGENT}/${sid}`)).json).toMatchObject({
		conversationId: sid,
		startedAt: '2026-03-02T09:00:02.000Z',
		finishedAt: null,
		inProgress: true,
		turns: [],
		metrics: expect.not.objectContaining({ OUTBOUND_CALL_SIP_CODE: 200 }),
	});
	clock.advance(5_000);
	const { json } = await get(`${AGENT}/${sid}`);
	expect(json).toMatchObject({
		finishedAt: '2026-03-02T09:00:07.000Z',
		inProgress: false,
		totalDuration: 5,
		toNumber: LONDON,
		direction: 'outbound',
		clientEnv: 'live',
		metrics: {
			OUTBOUND_CALL_STATUS: 'Success',
			OUTBOUND_CALL_SIP_CODE: 200,
			CALL_ANSWERED_BY: 'HUMAN',
		},
	});
	expect(json.turns).toHaveLength(2);
});

test('what the person said and why the agent handed the call over is shown', async () => {
	const { polyAi, clock, get, call } = await startProject();
	const handoffReason = 'Opt out';
	polyAi.set({ outcomeScript: [{ status: 'success', says: 'Stop.', handoffReason }] });
	const sid = await call();
	clock.advance(60_000);
	const { json } = await get(`${AGENT}/${sid}`);
	expect(json).toMatchObject({ handoff: true, handoffReason });
	expect(json.turns).toContainEqual(expect.objectContaining({ user_input: 'Stop.' }));
});

test('it can still be read when the status is long gone', async () => {
	const { clock, get, call } = await startProject();
	const sid = await call();
	clock.advance(24 * 60 * 60 * 1000);
	expect((await get(`${AGENT}/${sid}`)).status).toBe(200);
});

test.each([
	['+442079460003', { OUTBOUND_CALL_STATUS: 'Busy', OUTBOUND_CALL_SIP_CODE: 486 }],
	['+442079460006', { OUTBOUND_CALL_STATUS: 'Invalid Number', OUTBOUND_CALL_SIP_CODE: 404 }],
])('a call to %s that never connected has a row too: %j', async (number, metrics) => {
	const { clock, get, call, list } = await startProject();
	const sid = await call(number);
	clock.advance(60_000);
	expect((await get(`${AGENT}/${sid}`)).json).toMatchObject({ turns: [], metrics });
	expect(await list()).toMatchObject({ conversations: [{ id: sid, num_turns: 0, metrics }] });
});

test('a project that shows no transcripts shows neither turns nor metrics', async () => {
	const { clock, get, call, list } = await startProject({ transcripts: false });
	const sid = await call();
	clock.advance(60_000);
	const hidden = {
		turns: [],
		metrics: expect.not.objectContaining({ OUTBOUND_CALL_SIP_CODE: 200 }),
	};
	expect((await get(`${AGENT}/${sid}`)).json).toMatchObject({ ...hidden, shortSummary: null });
	expect(await list()).toMatchObject({ conversations: [{ ...hidden, num_turns: 0 }] });
});

describe('the recording', () => {
	test('is a WAV file, another one for each direction', async () => {
		const { polyAi, clock, call } = await startProject();
		const sid = await call();
		clock.advance(60_000);
		const sounds: string[] = [];
		for (const query of ['', '?direction=user', '?direction=agent']) {
			const response = await fetch(`${polyAi.url}${AGENT}/${sid}/audio${query}`, {
				headers: secret(polyAi, 'g3'),
			});
			const sound = Buffer.from(await response.arrayBuffer());
			expect(response.headers.get('content-type')).toBe('audio/wav');
			expect(sound.subarray(0, 4).toString() + sound.subarray(8, 12).toString()).toBe('RIFFWAVE');
			expect(sound.readUInt32LE(4)).toBe(sound.length - 8);
			expect(sound.readUInt32LE(40)).toBe(sound.length - 44);
			sounds.push(sound.toString('base64'));
		}
		expect(new Set(sounds).size).toBe(3);
	});

	test('does not exist for a call that nobody took, nor in another direction', async () => {
		const { clock, get, call } = await startProject();
		const [busy, good] = [await call('+442079460003'), await call()];
		clock.advance(60_000);
		expect((await get(`${AGENT}/${busy}/audio`)).status).toBe(404);
		expect((await get(`${AGENT}/${good}/audio?direction=both`)).status).toBe(400);
	});
});
