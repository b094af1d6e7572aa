import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { n8n } from '../support/engine/dataTable.mts';
import { useConversations } from '../support/engine/conversations.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	agentsCredentialFor,
	call,
	dialed,
	errorOf,
	numbers,
	polyAi,
	type Run,
} from '../support/engine/polyAi.mts';

beforeEach(() => {
	useFastClock();
	useConversations();
});

// One each, since what stays unclear is remembered for a day.
const [ann, bob, cem, dan] = numbers(4) as [string, string, string, string];

async function callAndLook(phones: string[], { options, ...given }: Run = {}) {
	return await call(phones, {
		credentials: {
			...agentsCredentialFor(polyAi),
			polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'key-of-n8n' },
		},
		fields: { authentication: 'agentsApi' },
		options: { workspaceId: polyAi.settings.accountId, maxConcurrency: 20, ...options },
		onError: 'continueRegularOutput',
		...given,
	});
}

/** The answer to the next call to a number is lost; it is dialed, or not. */
function loseAnswer(number: string, dials: boolean): void {
	polyAi.fault({ on: 'trigger', answer: 'reset', dials, numbers: [number], times: 1 });
}

const sidOf = (number: string) =>
	polyAi.journal.dials.find((dial) => dial.number === number)?.callSid;

test.each([false, true])(
	'a call whose answer was lost is found in PolyAI’s list (call log: %s)',
	async (isLogging) => {
		loseAnswer(ann, true);
		const { items } = await callAndLook([ann], {
			options: isLogging ? { callLog: 'Calls' } : {},
		});
		expect(items[0]?.json).toMatchObject({ callSid: sidOf(ann), phoneNumber: ann });
		expect(dialed()).toEqual([ann]);
		if (isLogging) expect(n8n.table.rows[0]).toMatchObject({ callSid: sidOf(ann) });
	},
);

test('also one that is listed late; Trigger and Wait waits for its end', async () => {
	polyAi.set({ listedAfterMs: 10_000, callingMs: 20_000, outcome: 'success' });
	loseAnswer(ann, true);
	const { items } = await callAndLook([ann], { operation: 'triggerAndWait' });
	expect(items[0]?.json).toMatchObject({ callSid: sidOf(ann), status: 'success' });
});

test('one that is not listed stays unclear, in words, and is not placed again', async () => {
	loseAnswer(ann, false);
	const { items } = await callAndLook([ann]);
	expect(errorOf(items[0] as { json: IDataObject })).toMatchObject({
		code: 'outcomeUnknown',
		description: expect.stringContaining('PolyAI’s list did not show it within a minute'),
	});
	expect(polyAi.journal.requests.filter(({ operation }) => operation === 'trigger')).toHaveLength(
		1,
	);
});

test('another call to the same number is not taken for it', async () => {
	await callAndLook([cem]);
	loseAnswer(cem, false);
	const { items } = await callAndLook([cem]);
	expect(errorOf(items[0] as { json: IDataObject }).code).toBe('outcomeUnknown');
	expect(dialed()).toEqual([cem]);
});

test('two unclear calls to one number cannot be told apart', async () => {
	polyAi.fault({ on: 'trigger', answer: 'reset', dials: true, numbers: [bob], times: 2 });
	const { items } = await callAndLook([bob, bob], { options: { maxConcurrency: 1 } });
	for (const { json } of items) {
		const error = json.error as IDataObject | undefined;
		if (error) expect(error.code).toBe('outcomeUnknown');
	}
	const sids = items.flatMap(({ json }) => json.callSid ?? []);
	expect(new Set(sids).size).toBe(sids.length);
	expect(dialed()).toHaveLength(2);
});

test('if someone else calls the same number at that moment, nothing guesses which call is ours', async () => {
	let elsewhere: Promise<unknown> | undefined;
	polyAi.fault(({ operation }) => {
		if (operation !== 'trigger' || elsewhere) return undefined;
		elsewhere = callElsewhere(dan);
		return { answer: 'reset', dials: true };
	});
	const { items } = await callAndLook([dan]);
	await elsewhere;
	expect(errorOf(items[0] as { json: IDataObject }).code).toBe('outcomeUnknown');
	expect(dialed()).toEqual([dan, dan]);
});

/** By a program that has nothing to do with this n8n. */
async function callElsewhere(toNumber: string): Promise<void> {
	const { url, apiKey, settings } = polyAi;
	const answer = await fetch(`${url}/v1/agents/${settings.agentId}/telephony/outbound-calls`, {
		method: 'POST',
		headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
		body: JSON.stringify({ toNumber, environment: 'live' }),
	});
	expect(answer.ok).toBe(true);
}

test('without the Workspace ID nobody looks', async () => {
	loseAnswer(ann, true);
	const { items } = await callAndLook([ann], { options: { workspaceId: '' } });
	expect(errorOf(items[0] as { json: IDataObject }).code).toBe('outcomeUnknown');
	expect(polyAi.journal.requests.some(({ operation }) => operation === 'list')).toBe(false);
});

const aCall = fc.record({
	who: fc.integer({ min: 0, max: 3 }),
	fate: fc.constantFrom('taken', 'taken', 'lost', 'notDialed'),
});

test('whatever gets lost: a call SID is that of a call to this person and no other item’s, nobody is called again', async () => {
	let round = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(aCall, { minLength: 1, maxLength: 8 }), async (calls) => {
			polyAi.reset();
			useConversations();
			// Numbers of their own, since what stays unclear is remembered for a day.
			const people = numbers(900).slice(10 + 4 * round, 14 + 4 * round++);
			const fates = calls.map(({ fate }) => fate);
			let sent = 0;
			polyAi.fault(({ operation }) => {
				if (operation !== 'trigger') return undefined;
				const fate = fates[sent++] ?? 'taken';
				return fate === 'taken' ? undefined : { answer: 'reset', dials: fate === 'lost' };
			});
			const phones = calls.map(({ who }) => people[who] as string);
			const { items } = await callAndLook(phones, { options: { maxConcurrency: 2 } });
			const sids = items.flatMap(({ json }) => (json.callSid as string | undefined) ?? []);
			expect(new Set(sids).size).toBe(sids.length);
			for (const [index, { json }] of items.entries()) {
				const placed = polyAi.journal.dials.find(({ callSid }) => callSid === json.callSid);
				if (json.callSid) expect(placed?.number).toBe(phones[index]);
				else expect((json.error as IDataObject).code).toBe('outcomeUnknown');
			}
			expect(sent).toBe(calls.length);
		}),
		{ numRuns: 8 },
	);
});
