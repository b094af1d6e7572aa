import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { FaultEffect } from '../simulator/faults/fault.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	call,
	dialed,
	errorOf,
	expectNobodyRungTwice,
	numbers,
	polyAi,
	sidsOf,
	type Run,
} from '../support/engine/polyAi.mts';
import type { NodeRunResult } from '../support/engine/runNode.mts';

useFastClock();

const people = numbers(5);
const POSITIONS = [
	['first', 0],
	['middle', 2],
	['last', 4],
] as const;
const CONTINUING = ['continueRegularOutput', 'continueErrorOutput'] as const;
/** One after the other, so that it is certain who was called before the failure. */
const inTurn = { maxConcurrency: 1 };

const REFUSED: FaultEffect = { answer: 400 };
const NO_ANSWER: FaultEffect = { answer: 'reset', dials: true };

function failAt(position: number, effect: FaultEffect, times?: number): void {
	polyAi.fault({ on: 'trigger', numbers: [people[position] as string], times, ...effect });
}

/** Good and failed items of any mode, in the order of their input. */
function allItems({ items, errorItems }: NodeRunResult): INodeExecutionData[] {
	const inputOf = ({ pairedItem }: INodeExecutionData) => (pairedItem as { item: number }).item;
	return [...items, ...errorItems].sort((a, b) => inputOf(a) - inputOf(b));
}

/** Who was rung, with the SID of the call, as an error lists them. */
function listOfCalls(): string {
	const calls = polyAi.journal.dials.map(
		({ number, callSid }) => `<li>${number} (${callSid})</li>`,
	);
	return `<ul>${calls.join('')}</ul>`;
}

function descriptionOf({ error }: NodeRunResult): string {
	return (error as { description?: string } | undefined)?.description ?? '';
}

function expectAllPlaced(result: NodeRunResult): void {
	expect(dialed().sort()).toEqual([...people].sort());
	const sidOf = new Map(polyAi.journal.dials.map(({ number, callSid }) => [number, callSid]));
	expect(sidsOf(allItems(result))).toEqual(people.map((number) => sidOf.get(number)));
}

describe.each(POSITIONS)('the %s item is refused', (_which, position) => {
	test('On Error "Stop": nobody after it is called, and the error names everybody before', async () => {
		failAt(position, REFUSED);
		const result = await call(people, { options: inTurn });

		expect(result.status).toBe('error');
		expect(dialed()).toEqual(people.slice(0, position));
		expect(polyAi.journal.requests).toHaveLength(position + 1);
		expect(result.error).toMatchObject({ context: { itemIndex: position, code: 'badRequest' } });
		const said = `Calls placed before this error:${listOfCalls()}`;
		if (position > 0) expect(descriptionOf(result)).toContain(said);
		else expect(descriptionOf(result)).not.toContain('Calls placed');
	});

	test.each(CONTINUING)('%s: the others are called all the same', async (onError) => {
		failAt(position, REFUSED);
		const result = await call(people, { onError });

		const items = allItems(result);
		expect(items).toHaveLength(people.length);
		expect(items[position]?.json.error).toMatchObject({ code: 'badRequest' });
		const failed = onError === 'continueErrorOutput' ? result.errorItems : result.items;
		expect(failed).toContain(items[position]);
		expect(dialed().sort()).toEqual(people.filter((_, item) => item !== position));
		expectNobodyRungTwice();
	});

	test.each([undefined, ...CONTINUING])(
		'On Error %s with "Retry On Fail": those placed are not placed again',
		async (onError) => {
			failAt(position, REFUSED);
			const result = await call(people, { onError, retryOnFail: true, maxTries: 3 });

			// n8n tries again after an error, and after a first item that failed.
			const isTriedAgain = onError === undefined || position === 0;
			expect(result.calls).toBe(isTriedAgain ? 3 : 1);
			expectNobodyRungTwice();
			if (onError === undefined) {
				for (const { number, callSid } of polyAi.journal.dials) {
					expect(descriptionOf(result)).toContain(`${number} (${callSid})`);
				}
			} else {
				const sids = sidsOf(allItems(result)).filter((sid) => sid !== undefined);
				expect(sids.sort()).toEqual(polyAi.journal.dials.map(({ callSid }) => callSid).sort());
			}
		},
	);

	test('"Retry On Fail" that helps: each is placed once, and the SIDs are those of the first try', async () => {
		failAt(position, REFUSED, 1);
		const result = await call(people, { options: inTurn, retryOnFail: true });

		expect(result.error).toBeUndefined();
		expect(result.calls).toBe(2);
		expectAllPlaced(result);
	});

	test('"Retry execution" in the editor goes on where it stopped', async () => {
		failAt(position, REFUSED, 1);
		const failed = await call(people, { options: inTurn, executionId: '1' });
		const before = [...polyAi.journal.dials];
		const result = await call(people, {
			options: inTurn,
			executionId: '2',
			retryOf: failed.saved,
		});

		expect(before).toHaveLength(position);
		for (const { callSid } of before) expect(descriptionOf(failed)).toContain(callSid);
		expectAllPlaced(result);
	});
});

describe.each(POSITIONS)('PolyAI’s answer about the %s item is lost', (_which, position) => {
	test('the error names the call that may have been placed', async () => {
		failAt(position, NO_ANSWER);
		const result = await call(people, { options: inTurn });

		expect(result.error?.message).toBe("PolyAI didn't confirm whether this call was placed");
		expect(descriptionOf(result)).toContain(
			`Calls that may have been placed:<ul><li>${people[position]}</li></ul>`,
		);
		expect(dialed()).toEqual(people.slice(0, position + 1));
	});

	test.each([undefined, ...CONTINUING])(
		'On Error %s with "Retry On Fail": it is never sent again',
		async (onError) => {
			failAt(position, NO_ANSWER, 1);
			const result = await call(people, { onError, retryOnFail: true, maxTries: 3 });

			expectNobodyRungTwice();
			if (onError === undefined) {
				expect(result.error?.message).toBe("PolyAI didn't confirm whether this call was placed");
				return;
			}
			const failed = allItems(result)[position]?.json.error as IDataObject;
			expect(failed).toMatchObject({ code: 'outcomeUnknown', phoneNumber: people[position] });
			expect(dialed().sort()).toEqual(people);
		},
	);

	test('"Retry execution" in the editor does not send it again either', async () => {
		failAt(position, NO_ANSWER, 1);
		const failed = await call(people, { options: inTurn });
		const again = await call(people, { options: inTurn, retryOf: failed.saved });

		expect(again.error?.message).toBe("PolyAI didn't confirm whether this call was placed");
		expect(descriptionOf(again)).toContain('An earlier try of this item sent the call');
		expectNobodyRungTwice();
	});
});

describe('On Error "Stop" with several calls under way', () => {
	test('those on their way are waited for and named, and none is started after', async () => {
		failAt(0, { ...REFUSED, delayMs: 2_000 });
		for (const position of [1, 2]) failAt(position, { delayMs: 20_000 });
		const result = await call(people, { options: { maxConcurrency: 3 } });

		expect(dialed().sort()).toEqual([people[1], people[2]]);
		expect(polyAi.journal.requests).toHaveLength(3);
		for (const { number, callSid } of polyAi.journal.dials) {
			expect(descriptionOf(result)).toContain(`${number} (${callSid})`);
		}
	});

	test.each<[string, Run['options']]>([
		['for its turn in the pace', { callsPerMinute: 6 }],
		['for PolyAI to take requests again', {}],
	])('a call that still waits %s is not placed', async (_what, options) => {
		failAt(0, { ...REFUSED, delayMs: 2_000 });
		failAt(1, { answer: 429, retryAfter: 30 }, 1);
		const result = await call(people, { options: { ...options, maxConcurrency: 2 } });

		expect(result.error).toMatchObject({ context: { itemIndex: 0 } });
		expect(dialed()).toEqual([]);
	});
});

describe.each(POSITIONS)('the number of the %s row is bad', (_which, position) => {
	const rows = people.map((number, item) => (item === position ? '12' : number));

	test('On Error "Stop": nobody at all is called', async () => {
		const result = await call(rows);

		expect(result.error).toMatchObject({
			message: '“12” is too short for a phone number in GB',
			context: { itemIndex: position, code: 'invalidPhoneNumber' },
		});
		expect(polyAi.journal.requests).toEqual([]);
	});

	test.each(CONTINUING)('%s: everybody else is called', async (onError) => {
		const result = await call(rows, { onError });

		expect(dialed().sort()).toEqual(people.filter((_, item) => item !== position));
		expect(allItems(result)[position]?.json.error).toMatchObject({ code: 'invalidPhoneNumber' });
	});
});

test('a failed item on the regular output is its error and nothing else', async () => {
	failAt(0, REFUSED);
	const { items } = await call(people, { onError: 'continueRegularOutput' });

	expect(items[0]?.pairedItem).toEqual({ item: 0 });
	expect(errorOf(items[0] ?? { json: {} }).code).toBe('badRequest');
	for (const { json } of items.slice(1)) expect(json).not.toHaveProperty('error');
});

test('the memory of a run that went well has no calls, so that a loop calls the next batch', async () => {
	const { context } = await call(people);

	expect(context.polyAiCalls).toMatchObject({ calls: {} });
});
