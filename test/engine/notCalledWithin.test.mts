import type { IDataObject } from 'n8n-workflow';
import { wallClock } from '../../nodes/n8n/wallClock.ts';
import { n8n } from '../support/engine/dataTable.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	call,
	credentialFor,
	dialed,
	errorOf,
	numbers,
	polyAi,
	type Run,
} from '../support/engine/polyAi.mts';

beforeEach(() => useFastClock());

const HOUR_MS = 60 * 60_000;
const [ann, bob] = numbers(2) as [string, string];

/** Calls with a call log, as a workflow of its own. */
async function callOnceADay(phones: string[], { options, ...given }: Run = {}) {
	return await call(phones, {
		credentials: {
			...credentialFor(polyAi),
			polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'key-of-n8n' },
		},
		options: { callLog: 'Calls', notCalledWithin: 24, maxConcurrency: 1, ...options },
		...given,
	});
}

/** A call of some other workflow, so many hours ago. */
async function earlier(hoursAgo: number, row: IDataObject = {}): Promise<string> {
	const triggeredAt = new Date(wallClock.now() - hoursAgo * HOUR_MS).toISOString();
	const whole = { callSid: 'SID', phoneNumber: ann, status: 'failure', finishedAt: triggeredAt };
	const data = [{ ...whole, triggeredAt, workflowId: 'another', executionId: '1', ...row }];
	const url = `${n8n.url}/api/v1/data-tables/x/rows`;
	await n8n.table.send({ method: 'POST', url, body: { data }, timeoutMs: 1000 });
	return triggeredAt;
}

test('who was called too recently, by whichever workflow, is skipped until then', async () => {
	const at = await earlier(5);
	const { items } = await callOnceADay([ann, bob]);
	expect(items[0]?.json).toMatchObject({
		status: 'skipped',
		skipReason: 'calledRecently',
		reason: expect.stringContaining(`${ann} was last called at`),
		nextAllowedAt: new Date(Date.parse(at) + 24 * HOUR_MS).toISOString(),
	});
	expect(dialed()).toEqual([bob]);
	expect(n8n.table.rows.filter(({ phoneNumber }) => phoneNumber === ann)).toHaveLength(1);
});

test('who was called longer ago is called', async () => {
	await earlier(25);
	await callOnceADay([ann]);
	expect(dialed()).toEqual([ann]);
});

test('who was called at a time that someone has made unreadable is skipped, with that reason', async () => {
	await earlier(30, { triggeredAt: 'last week' });
	const { items } = await callOnceADay([ann]);
	expect(items[0]?.json).toMatchObject({
		skipReason: 'calledRecently',
		reason: expect.stringContaining('last week'),
	});
	expect(items[0]?.json).not.toHaveProperty('nextAllowedAt');
	expect(dialed()).toEqual([]);
});

test('part of an hour counts', async () => {
	await earlier(0.5);
	await callOnceADay([ann], { options: { notCalledWithin: 0.25 } });
	expect(dialed()).toEqual([ann]);
});

test.each([
	['was certainly not placed does not count', { callSid: null }, [ann]],
	['may have been placed counts', { callSid: null, status: 'unknown', finishedAt: null }, []],
])('a call that %s', async (_, row, called) => {
	await earlier(5, row);
	await callOnceADay([ann]);
	expect(dialed()).toEqual(called);
});

test('a number that is in two rows is called once', async () => {
	const { items } = await callOnceADay([ann, ann], { options: { maxConcurrency: 5 } });
	expect(items.map(({ json }) => json.skipReason).sort()).toEqual(['calledRecently', undefined]);
	expect(dialed()).toEqual([ann]);
});

test('of two workflows that ask at the same moment one calls', async () => {
	await Promise.all([callOnceADay([ann]), callOnceADay([ann])]);
	expect(dialed()).toEqual([ann]);
});

test('a second try of Retry On Fail gets the same call, and not that it was called recently', async () => {
	polyAi.fault({ on: 'trigger', answer: 400, numbers: [bob], times: 1 });
	const { items } = await callOnceADay([ann, bob], { retryOnFail: true });
	expect(items.map(({ json }) => json.status)).toEqual(['queued', 'queued']);
	expect(dialed()).toEqual([ann, bob]);
});

test('without a call log nobody is called, and it is said what is missing', async () => {
	const { items } = await call([ann], {
		options: { notCalledWithin: 24 },
		onError: 'continueRegularOutput',
	});
	expect(errorOf(items[0] as { json: IDataObject })).toMatchObject({
		code: 'badRequest',
		message: "'Not Called Within' needs a call log",
	});
	expect(dialed()).toEqual([]);
});
