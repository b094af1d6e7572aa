import type { CallRegister } from '../../../nodes/PolyAiOutbound/placing/callRegister.ts';
import { KeyRegister } from '../../../nodes/PolyAiOutbound/placing/keyRegister.ts';
import { toPlacementOutput, Skipped } from '../../../nodes/PolyAiOutbound/placing/placement.ts';
import { CallError } from '../../../nodes/shared/errors/callError.ts';
import type { KeyStore } from '../../../nodes/shared/crashRecovery/keyStore.ts';
import { SentMarks } from '../../../nodes/shared/crashRecovery/sentMarks.ts';
import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import { openKeyStore } from '../../support/unit/keyStore.mts';
import { answer } from '../../support/unit/sender.mts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';
import { ANN, BOB, request, outcomeOf, tries } from '../../support/unit/run/tries.mts';

/** A register that knows of no other call. */
const emptyRegister: CallRegister = {
	place: 'log',
	begin: async () => undefined,
	accepted: async () => undefined,
	unclear: async () => {},
	notPlaced: async () => {},
	isAnothers: async () => false,
	findInterrupted: async () => 'unknown',
};

describe('n8n runs the node again', () => {
	test.each([0, 'tool'] as const)('a call that was placed is returned (run %j)', async (run) => {
		const { nextTry, sent } = tries([], { run });
		const first = await nextTry().place(request(ANN), 0);
		expect(await nextTry().place(request(ANN), 0)).toEqual(first);
		expect(sent).toHaveLength(1);
	});

	test('a call that may have been placed stays so, and is not sent again', async () => {
		const { nextTry, sent } = tries([new NoAnswer(true, 'timeout')]);
		for (let attempt = 0; attempt < 3; attempt++) {
			expect(await outcomeOf(nextTry().place(request(ANN), 0))).toMatchObject({
				code: 'outcomeUnknown',
				details: { phoneNumber: ANN },
			});
		}
		expect(sent).toHaveLength(1);
	});

	test('one that PolyAI lists after all is returned, and its row says so', async () => {
		const logged: unknown[] = [];
		const register: CallRegister = {
			...emptyRegister,
			async accepted(_, { callSid }) {
				logged.push(callSid);
				return undefined;
			},
		};
		const { nextTry, sent } = tries([new NoAnswer(true, 'timeout')], { register });
		const lost = async () => undefined;
		expect(await outcomeOf(nextTry().place(request(ANN, { find: lost }), 0))).toMatchObject({
			code: 'outcomeUnknown',
		});
		let asked = 0;
		const find = async () => {
			asked++;
			return { callSid: 'LISTED', status: 'calling' as const };
		};
		for (let attempt = 0; attempt < 2; attempt++) {
			expect(await nextTry().place(request(ANN, { find }), 0)).toMatchObject({
				callSid: 'LISTED',
				status: 'calling',
			});
		}
		expect(asked).toBe(1);
		expect(logged).toEqual(['LISTED', 'LISTED']);
		expect(sent).toHaveLength(1);
	});

	test('a failure that nobody foresaw counts as possibly placed', async () => {
		const { nextTry, sent } = tries([]);
		const broken = nextTry();
		sent.push = () => {
			throw new Error('Unforeseen');
		};
		expect(await outcomeOf(broken.place(request(ANN), 0))).toEqual(new Error('Unforeseen'));
		expect(await outcomeOf(nextTry().place(request(ANN), 0))).toMatchObject({
			code: 'outcomeUnknown',
		});
	});

	test('a call that was refused is tried', async () => {
		const { nextTry, sent } = tries([answer(400)]);
		expect(await outcomeOf(nextTry().place(request(ANN), 0))).toMatchObject({ code: 'badRequest' });
		expect(await nextTry().place(request(ANN), 0)).toMatchObject({ callSid: 'SID-1' });
		expect(sent).toHaveLength(2);
	});

	test('another number in the same place is another call', async () => {
		const { nextTry, sent } = tries([]);
		await nextTry().place(request(ANN), 0);
		expect(await nextTry().place(request(BOB), 0)).toMatchObject({ phoneNumber: BOB });
		expect(sent).toHaveLength(2);
	});
});

describe('the same number twice', () => {
	test('is called twice if nobody minds', async () => {
		const { nextTry, sent } = tries([]);
		const placer = nextTry();
		await Promise.all([placer.place(request(ANN), 0), placer.place(request(ANN), 1)]);
		expect(sent).toHaveLength(2);
	});

	test('is called once with Skip Duplicates, even while the first call is still on its way', async () => {
		const { nextTry, sent } = tries([]);
		const placer = nextTry();
		const skipping = { skipDuplicates: true };
		const [first, second] = await Promise.all([
			placer.place(request(ANN, skipping), 0),
			placer.place(request(ANN, skipping), 1),
		]);
		expect(first).toMatchObject({ callSid: 'SID-0' });
		expect(second).toBeInstanceOf(Skipped);
		expect(toPlacementOutput(request(ANN), second)).toEqual({
			status: 'skipped',
			isFinal: true,
			phoneNumber: ANN,
			country: 'GB',
			skipReason: 'duplicateNumber',
			reason: `${ANN} stands in an earlier item of this execution.`,
		});
		expect(sent).toHaveLength(1);
	});

	test('is called once over all runs of the execution, as in a loop', async () => {
		const { nextTry, sent, endWell } = tries([]);
		const skipping = { skipDuplicates: true };
		await nextTry(0).place(request(ANN, skipping), 0);
		endWell(0);
		expect(await nextTry(1).place(request(ANN, skipping), 0)).toBeInstanceOf(Skipped);
		expect(await nextTry(2).place(request(BOB, skipping), 0)).toMatchObject({ callSid: 'SID-1' });
		expect(sent).toHaveLength(2);
	});

	test('is called by the later item when the earlier one was refused', async () => {
		const { nextTry, sent } = tries([answer(400)]);
		const skipping = { skipDuplicates: true };
		const placer = nextTry();
		await outcomeOf(placer.place(request(ANN, skipping), 0));
		expect(await placer.place(request(ANN, skipping), 1)).toMatchObject({ callSid: 'SID-1' });
		expect(sent).toHaveLength(2);
	});

	test('is called once over all tries, whichever item came first in which', async () => {
		const { nextTry, sent } = tries([]);
		const skipping = { skipDuplicates: true };
		await nextTry().place(request(ANN, skipping), 1);
		const again = nextTry();
		expect(await again.place(request(ANN, skipping), 0)).toBeInstanceOf(Skipped);
		expect(await again.place(request(ANN, skipping), 1)).toMatchObject({ callSid: 'SID-0' });
		expect(sent).toHaveLength(1);
	});
});

test('if one of two duplicates was called, a run that repeats the execution calls neither, whichever it was', async () => {
	const kept = new Set<string>();
	let writes = 0;
	const store: KeyStore = {
		place: 'duplicates',
		async record(keys) {
			if (writes++ === 0) throw new CallError('serverError', 'Not saved');
			const before = new Set(keys.filter((key) => kept.has(key)));
			for (const key of keys) kept.add(key);
			return before;
		},
		async giveBack() {},
	};
	const skipping = request(ANN, { skipDuplicates: true });
	const run = async () => {
		const { nextTry, sent } = tries([], { store });
		const placer = nextTry();
		const requests = [0, 1].map((item) => ({ ...skipping, mark: placer.expect(skipping, item) }));
		const outcomes = [];
		for (const [item, one] of requests.entries())
			outcomes.push(await outcomeOf(placer.place(one, item)));
		return { outcomes, sent };
	};
	const { outcomes } = await run();
	expect(outcomes).toMatchObject([{ code: 'serverError' }, { callSid: 'SID-0' }]);
	const again = await run();
	expect(again.outcomes).toMatchObject([
		{ code: 'outcomeUnknown' },
		{ skipReason: 'duplicateNumber' },
	]);
	expect(again.sent).toEqual([]);
});

test('of rows in several rounds, each call has a mark of its own, though one was refused', async () => {
	const clock = new VirtualClock();
	const { store, writes } = openKeyStore(clock);
	const { nextTry } = tries([answer(400)], { store });
	const marks = new SentMarks({
		...{ store, clock },
		...{ executionId: '7', isRetry: false },
	});
	const callIn = async (run: number, items: number) => {
		const placer = nextTry(run, marks);
		for (let item = 0; item < items; item++) {
			const mark = placer.expect(request(ANN), item);
			await outcomeOf(placer.place({ ...request(ANN), mark }, item));
		}
		await marks.endRun();
	};
	await callIn(0, 2);
	await callIn(1, 1);
	expect([...new Set(writes.flat())]).toEqual(
		[0, 1, 2].map((times) => `execution 7 ${ANN} ${times}`),
	);
});

test('where n8n can keep no call keys, a call that has one is not placed', async () => {
	const { nextTry, sent } = tries([], { register: new KeyRegister(undefined) });
	expect(await outcomeOf(nextTry().place(request(ANN, { callKey: 'order 7' }), 0))).toMatchObject({
		code: 'badRequest',
		details: { phoneNumber: ANN },
	});
	expect(sent).toEqual([]);
	expect(await nextTry().place(request(ANN), 0)).toMatchObject({ callSid: 'SID-0' });
});

test('Stop also ends the waiting for another call with the same call key, and neither is sent', async () => {
	const stop = new AbortController();
	let writeRow = () => {};
	const written = new Promise<undefined>((resolve) => (writeRow = () => resolve(undefined)));
	let isWriting = () => {};
	const writing = new Promise<void>((resolve) => (isWriting = resolve));
	const register: CallRegister = {
		...emptyRegister,
		async begin() {
			isWriting();
			return await written;
		},
	};
	const { nextTry, sent } = tries([], { register, stop: stop.signal });
	const placer = nextTry();
	const [first, second] = [ANN, BOB].map((number, item) => {
		return outcomeOf(placer.place(request(number, { callKey: 'order 7' }), item));
	});
	await writing;
	stop.abort();
	expect(await second).toMatchObject({ code: 'timedOut' });
	writeRow();
	expect(await first).toBeInstanceOf(CallError);
	expect(sent).toEqual([]);
});

test('a person who is blocked while a slow n8n records the call is not called', async () => {
	let isBlocked = false;
	const register: CallRegister = {
		...emptyRegister,
		async begin() {
			// As after minutes in which n8n was being started.
			await clock.sleep(60_000);
			isBlocked = true;
			return undefined;
		},
	};
	const { nextTry, sent, clock } = tries([], { register });
	const check = async () =>
		isBlocked ? new Skipped('onDoNotCallList', `${ANN} is on the do-not-call list.`) : undefined;
	expect(await nextTry().place(request(ANN, { checks: [check] }), 0)).toBeInstanceOf(Skipped);
	expect(sent).toEqual([]);
});

describe('an agent that asks twice for the same person at the same moment', () => {
	test('is told of one call, twice', async () => {
		const { nextTry, sent } = tries([], { run: 'tool' });
		const [first, second] = await Promise.all([
			nextTry().place(request(ANN), 0),
			nextTry().place(request(ANN), 0),
		]);
		expect(second).toEqual(first);
		expect(sent).toHaveLength(1);
	});

	test('is told twice that it was refused, and may ask once more', async () => {
		const { nextTry, sent } = tries([answer(400)], { run: 'tool' });
		const asked = [nextTry().place(request(ANN), 0), nextTry().place(request(ANN), 0)];
		for (const outcome of await Promise.all(asked.map(outcomeOf))) {
			expect(outcome).toMatchObject({ code: 'badRequest' });
		}
		expect(await nextTry().place(request(ANN), 0)).toMatchObject({ callSid: 'SID-1' });
		expect(sent).toHaveLength(2);
	});
});
