import { OUTCOME_NAMES, type Outcome } from '../../simulator/calls/outcomes.mts';
import type { SimulatorOptions } from '../../simulator/server.mts';
import { manualClock } from '../../support/unit/simulator/manualClock.mts';
import { place, status } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LONDON = '+442079460123';

/** How calls to these numbers end, as a client reads it. */
async function ends(numbers: string[], options: SimulatorOptions) {
	const clock = manualClock();
	const polyAi = await startPolyAi({ versions: ['g2'], clock, ...options });
	const sids: string[] = [];
	for (const number of numbers) sids.push(await place(polyAi, number, 'g2'));
	clock.advance(60_000);
	const replies = await Promise.all(sids.map(async (sid) => await status(polyAi, sid, 'g2')));
	return replies.map(({ status: code, json }) =>
		code === 200 ? [json.status, json.reason].filter(Boolean).join(': ') : code,
	);
}

test('every named outcome ends as its name says', async () => {
	const outcomes = await ends(
		OUTCOME_NAMES.map(() => LONDON),
		{ outcomeScript: OUTCOME_NAMES },
	);
	expect(Object.fromEntries(OUTCOME_NAMES.map((name, i) => [name, outcomes[i]]))).toEqual({
		success: 'success',
		voicemail: 'success',
		'no-answer': 'failure: no-answer',
		busy: 'failure: busy',
		declined: 'failure: declined',
		'invalid-number': 'failure: invalid number',
		'queue-timeout': 'failure: call queueing: max timeout limit exceeded',
		error: 'failure: error',
		'stuck-in-queue': 'queued',
		'never-ends': 'calling',
		forgotten: 404,
	});
});

test('a number’s own outcome comes first, then the script, the magic number, the default', async () => {
	const outcomes = await ends(
		['+442079460002', '+442079460002', '+442079460003', '+442079460003', '+33123456789'],
		{
			outcomeByNumber: { '+442079460002': 'declined' },
			outcomeScript: ['error'],
			outcome: 'voicemail',
		},
	);
	expect(outcomes).toEqual([
		'failure: declined',
		'failure: declined',
		'failure: error',
		'failure: busy',
		'success',
	]);
});

test('an outcome can be made up, with its own times', async () => {
	const custom: Outcome = { status: 'failure', reason: 'moved away', callingMs: 100_000 };
	const outcomes = await ends([LONDON, '+442079460124'], {
		outcome: custom,
		outcomeByNumber: { [LONDON]: { ...custom, callingMs: 0 } },
	});
	expect(outcomes).toEqual(['failure: moved away', 'calling']);
});

test('magic numbers can be turned off', async () => {
	expect(await ends(['+442079460002'], { magicNumbers: false })).toEqual(['success']);
});

describe('shares', () => {
	const hundred = Array.from({ length: 100 }, () => LONDON);
	const options = { outcomeShares: { busy: 0.3, declined: 0.2 } };

	test('the same seed draws the same outcomes, another seed others', async () => {
		const first = await ends(hundred, { ...options, seed: 7 });
		expect(await ends(hundred, { ...options, seed: 7 })).toEqual(first);
		expect(await ends(hundred, { ...options, seed: 8 })).not.toEqual(first);
	});

	test('are about what was asked for; what is left over follows the default', async () => {
		const outcomes = await ends(hundred, options);
		const count = (wanted: string) => outcomes.filter((outcome) => outcome === wanted).length;
		expect(count('failure: busy')).toBeGreaterThan(18);
		expect(count('failure: busy')).toBeLessThan(42);
		expect(count('failure: declined')).toBeGreaterThan(10);
		expect(count('failure: declined')).toBeLessThan(30);
		expect(count('success')).toBe(100 - count('failure: busy') - count('failure: declined'));
	});
});

test('a seed that is set later starts the draw anew', async () => {
	const polyAi = await startPolyAi({ outcomeShares: { busy: 0.5 } });
	const draw = async () => {
		polyAi.set({ seed: 3 });
		for (let i = 0; i < 20; i++) await place(polyAi, LONDON);
		return polyAi.calls
			.all()
			.slice(-20)
			.map(({ outcome }) => outcome.callStatus);
	};
	const first = await draw();
	expect(new Set(first)).toEqual(new Set(['Busy', 'Success']));
	expect(await draw()).toEqual(first);
});
