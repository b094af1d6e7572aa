import type { Order } from '../../../nodes/PolyAiOutbound/call/openCalling.ts';
import {
	CallPlacer,
	placementJson,
	Skipped,
} from '../../../nodes/PolyAiOutbound/call/callPlacer.ts';
import { PlacedCalls } from '../../../nodes/PolyAiOutbound/run/placedCalls.ts';
import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import type { Result } from '../../../nodes/shared/sending/request.ts';
import { WEEKDAYS } from '../../../nodes/shared/callingHours/callingWindow.ts';
import { openLine } from '../support/openLine.mts';
import { accepted, answer, scriptedSender } from '../support/sender.mts';
import { understood } from '../phoneNumbers/understood.mts';

const ANN = '+442079460018';
const BOB = '+442079460019';
const order = (number: string, rest: Partial<Order> = {}): Order => ({
	number: understood(number),
	skipDuplicates: false,
	retryServerErrors: true,
	...rest,
});
/** London’s clock is at 12:00 when a test begins. */
const until = (to: string, whenOutside: 'skip' | 'error' = 'skip'): Partial<Order> => ({
	hours: { window: { from: '09:00', to, days: WEEKDAYS }, whenOutside },
});

let hosts = 0;

/** The tries of one run of the node, with the same memory. */
function tries(
	answers: Result[],
	{ run = 0, perMinute = 0 }: { run?: number | 'tool'; perMinute?: number } = {},
) {
	const { sent, send, clock } = scriptedSender(
		(_, index) => answers[index] ?? accepted(`SID-${index}`),
	);
	const baseUrl = `https://placer-${hosts++}.example`;
	const context = {};
	const nextTry = () => {
		const line = openLine({ send, clock, baseUrl, perMinute });
		return new CallPlacer(line, new PlacedCalls(context, run));
	};
	return { nextTry, sent, clock };
}

const outcomeOf = async (work: Promise<unknown>) => await work.catch((error: unknown) => error);

describe('n8n runs the node again', () => {
	test.each([0, 'tool'] as const)('a call that was placed is returned (run %s)', async (run) => {
		const { nextTry, sent } = tries([], { run });
		const first = await nextTry().place(order(ANN), 0);
		expect(await nextTry().place(order(ANN), 0)).toEqual(first);
		expect(sent).toHaveLength(1);
	});

	test('a call that may have been placed stays so, and is not sent again', async () => {
		const { nextTry, sent } = tries([new NoAnswer(true, 'timeout')]);
		for (let attempt = 0; attempt < 3; attempt++) {
			expect(await outcomeOf(nextTry().place(order(ANN), 0))).toMatchObject({
				code: 'outcomeUnknown',
				details: { phoneNumber: ANN },
			});
		}
		expect(sent).toHaveLength(1);
	});

	test('a failure that nobody foresaw counts as possibly placed', async () => {
		const { nextTry, sent } = tries([]);
		const broken = nextTry();
		sent.push = () => {
			throw new Error('Unforeseen');
		};
		expect(await outcomeOf(broken.place(order(ANN), 0))).toEqual(new Error('Unforeseen'));
		expect(await outcomeOf(nextTry().place(order(ANN), 0))).toMatchObject({
			code: 'outcomeUnknown',
		});
	});

	test('a call that was refused is tried', async () => {
		const { nextTry, sent } = tries([answer(400)]);
		expect(await outcomeOf(nextTry().place(order(ANN), 0))).toMatchObject({ code: 'badRequest' });
		expect(await nextTry().place(order(ANN), 0)).toMatchObject({ callSid: 'SID-1' });
		expect(sent).toHaveLength(2);
	});

	test('another number in the same place is another call', async () => {
		const { nextTry, sent } = tries([]);
		await nextTry().place(order(ANN), 0);
		expect(await nextTry().place(order(BOB), 0)).toMatchObject({ phoneNumber: BOB });
		expect(sent).toHaveLength(2);
	});
});

describe('the same number twice', () => {
	test('is called twice if nobody minds', async () => {
		const { nextTry, sent } = tries([]);
		const placer = nextTry();
		await Promise.all([placer.place(order(ANN), 0), placer.place(order(ANN), 1)]);
		expect(sent).toHaveLength(2);
	});

	test('is called once with Skip Duplicates, even while the first call is still on its way', async () => {
		const { nextTry, sent } = tries([]);
		const placer = nextTry();
		const skipping = { skipDuplicates: true };
		const [first, second] = await Promise.all([
			placer.place(order(ANN, skipping), 0),
			placer.place(order(ANN, skipping), 1),
		]);
		expect(first).toMatchObject({ callSid: 'SID-0' });
		expect(second).toBeInstanceOf(Skipped);
		expect(placementJson(order(ANN), second)).toEqual({
			status: 'skipped',
			isFinal: true,
			phoneNumber: ANN,
			country: 'GB',
			skipReason: 'duplicateNumber',
			reason: `${ANN} is called for an earlier item of this run.`,
		});
		expect(sent).toHaveLength(1);
	});

	test('is called once over all tries, whichever item came first in which', async () => {
		const { nextTry, sent } = tries([]);
		const skipping = { skipDuplicates: true };
		await nextTry().place(order(ANN, skipping), 1);
		const again = nextTry();
		expect(await again.place(order(ANN, skipping), 0)).toBeInstanceOf(Skipped);
		expect(await again.place(order(ANN, skipping), 1)).toMatchObject({ callSid: 'SID-0' });
		expect(sent).toHaveLength(1);
	});
});

describe('calling hours', () => {
	test('inside them the call is placed', async () => {
		const { nextTry } = tries([]);
		expect(await nextTry().place(order(ANN, until('20:00')), 0)).toMatchObject({
			callSid: 'SID-0',
		});
	});

	test('outside them it is skipped, with the next moment for a Wait node', async () => {
		const { nextTry, sent } = tries([]);
		const skipped = await nextTry().place(order(ANN, until('12:00')), 0);
		expect(skipped).toMatchObject({
			skipReason: 'outsideCallingHours',
			nextAllowedAt: '2026-11-24T09:00:00.000Z',
		});
		expect(sent).toEqual([]);
	});

	test('or fails, if the item asks for it', async () => {
		const { nextTry } = tries([]);
		const failure = await outcomeOf(nextTry().place(order(ANN, until('12:00', 'error')), 0));
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
				async (number, item) => await placer.place(order(number, until('12:01')), item),
			),
		);
		expect(results[0]).toMatchObject({ callSid: 'SID-0' });
		expect(results[1]).toMatchObject({ skipReason: 'outsideCallingHours' });
		expect(sent).toHaveLength(1);
	});

	test('that end before another try keep it from being sent again', async () => {
		const { nextTry, sent, clock } = tries([answer(429, {}, { 'retry-after': '90' })]);
		const hours = until('12:01');
		expect(await nextTry().place(order(ANN, hours), 0)).toBeInstanceOf(Skipped);
		expect(sent).toHaveLength(1);
		await clock.sleep(21 * 60 * 60_000);
		expect(await nextTry().place(order(ANN, hours), 0)).toMatchObject({ callSid: 'SID-1' });
	});
});

test('a call’s time is that of the request that placed it', async () => {
	const { nextTry } = tries([answer(429, {}, { 'retry-after': '90' })]);
	const { triggeredAt } = placementJson(order(ANN), await nextTry().place(order(ANN), 0));
	expect(triggeredAt).toBe('2026-11-23T12:01:30.000Z');
});
