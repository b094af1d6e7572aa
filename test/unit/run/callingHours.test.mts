import type { CallRequest } from '../../../nodes/PolyAiOutbound/placing/callRequest.ts';
import { toPlacementOutput, Skipped } from '../../../nodes/PolyAiOutbound/placing/placement.ts';
import { WEEKDAYS } from '../../../nodes/shared/callingHours/callingWindow.ts';
import type { CallRegister } from '../../../nodes/PolyAiOutbound/placing/callRegister.ts';
import { openKeyStore } from '../../support/unit/keyStore.mts';
import { answer } from '../../support/unit/sender.mts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';
import { ANN, BOB, request, outcomeOf, tries } from '../../support/unit/run/tries.mts';

/** London’s clock is at 12:00 when a test begins. */
const until = (to: string, whenOutside: 'skip' | 'error' = 'skip'): Partial<CallRequest> => ({
	hours: { window: { from: '09:00', to, days: WEEKDAYS }, whenOutside },
});

describe('calling hours', () => {
	test('inside them the call is placed', async () => {
		const { nextTry } = tries([]);
		expect(await nextTry().place(request(ANN, until('20:00')), 0)).toMatchObject({
			callSid: 'SID-0',
		});
	});

	test('that open while the run waits: whom it calls then is written down before, like everybody', async () => {
		const { store, writes } = openKeyStore(new VirtualClock());
		const { nextTry, sent, clock } = tries([], { store });
		const placer = nextTry();
		const hours = { window: { from: '12:05', to: '20:00', days: WEEKDAYS }, whenOutside: 'skip' };
		const early = request(ANN, { hours } as Partial<CallRequest>);
		const mark = placer.expect(early, 0);
		await clock.sleep(6 * 60_000);
		await placer.place({ ...early, mark }, 0);
		expect(sent).toHaveLength(1);
		expect(writes.flat()).toContainEqual(expect.stringContaining(ANN));
	});

	test('that end while the call is being written down: nobody is called', async () => {
		const notPlaced = jest.fn();
		const register = {
			place: 'slow',
			begin: async () => void (await clock.sleep(4 * 60_000)),
			notPlaced,
		} as unknown as CallRegister;
		const { nextTry, sent, clock } = tries([], { register });
		expect(await nextTry().place(request(ANN, until('12:03')), 0)).toMatchObject({
			skipReason: 'outsideCallingHours',
		});
		expect(sent).toEqual([]);
		expect(notPlaced).toHaveBeenCalledTimes(1);
	});

	test('who is put on a list while the call is being written down is not called', async () => {
		let isListed = false;
		const begin = async () => {
			await clock.sleep(2000);
			isListed = true;
		};
		const notPlaced = jest.fn();
		const register = { place: 'slow', begin, notPlaced } as unknown as CallRegister;
		const { nextTry, sent, clock } = tries([], { register });
		const check = async () => {
			return isListed ? new Skipped('onDoNotCallList', 'Just now') : undefined;
		};
		const asked = request(ANN, { checks: [check] });
		expect(await nextTry().place(asked, 0)).toMatchObject({ skipReason: 'onDoNotCallList' });
		expect(sent).toEqual([]);
		expect(notPlaced).toHaveBeenCalledTimes(1);
	});

	test('outside them it is skipped, with the next moment for a Wait node', async () => {
		const { nextTry, sent } = tries([]);
		const skipped = await nextTry().place(request(ANN, until('12:00')), 0);
		expect(skipped).toMatchObject({
			skipReason: 'outsideCallingHours',
			details: { nextAllowedAt: '2026-11-24T09:00:00.000Z' },
		});
		expect(sent).toEqual([]);
	});

	test('or fails, if the item asks for it', async () => {
		const { nextTry } = tries([]);
		const failure = await outcomeOf(nextTry().place(request(ANN, until('12:00', 'error')), 0));
		expect(failure).toMatchObject({ code: 'notAllowed', details: { phoneNumber: ANN } });
		expect(failure).toHaveProperty(
			'details.description',
			expect.stringContaining('2026-11-24T09:00:00.000Z'),
		);
	});

	test('that end while a call waits for its turn keep it from being placed', async () => {
		const { nextTry, sent } = tries([], { perMinute: 1 });
		const placer = nextTry();
		const results = await Promise.all(
			[ANN, BOB].map(
				async (number, item) => await placer.place(request(number, until('12:01')), item),
			),
		);
		expect(results[0]).toMatchObject({ callSid: 'SID-0' });
		expect(results[1]).toMatchObject({ skipReason: 'outsideCallingHours' });
		expect(sent).toHaveLength(1);
	});

	test('that end before another try keep it from being sent again', async () => {
		const { nextTry, sent, clock } = tries([answer(429, {}, { 'retry-after': '90' })]);
		const hours = until('12:01');
		expect(await nextTry().place(request(ANN, hours), 0)).toBeInstanceOf(Skipped);
		expect(sent).toHaveLength(1);
		await clock.sleep(21 * 60 * 60_000);
		expect(await nextTry().place(request(ANN, hours), 0)).toMatchObject({ callSid: 'SID-1' });
	});
});

test('a call’s time is that of the request that placed it', async () => {
	const { nextTry } = tries([answer(429, {}, { 'retry-after': '90' })]);
	const { triggeredAt } = toPlacementOutput(request(ANN), await nextTry().place(request(ANN), 0));
	expect(triggeredAt).toBe('2026-11-23T12:01:30.000Z');
});
