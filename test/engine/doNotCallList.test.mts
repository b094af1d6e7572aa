import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { DataTable } from '../support/unit/dataTable.mts';
import { n8n } from '../support/engine/dataTable.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	call,
	credentialFor,
	dialed,
	errorOf,
	numbers,
	polyAi,
	run,
	type Run,
} from '../support/engine/polyAi.mts';

beforeEach(() => {
	useFastClock();
	n8n.others = { Nobody: new DataTable() };
});

const [ann, bob, cem] = numbers(3) as [string, string, string];
const NOBODY = { __rl: true, mode: 'name', value: 'Nobody' };
const LIST = { doNotCallList: { list: { table: NOBODY } } };

const withTables = () => ({
	...credentialFor(polyAi),
	polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'key-of-n8n' },
});

/** Somebody writes rows into the list. */
async function list(...cells: Array<string | number | null>): Promise<void> {
	const data = cells.map((phoneNumber) => ({ phoneNumber, reason: null }));
	const url = `${n8n.url}/api/v1/data-tables/id%20of%20Nobody/rows`;
	await n8n.others.Nobody?.send({ method: 'POST', url, body: { data }, timeoutMs: 1000 });
}

async function callOffList(phones: string[], { options, ...given }: Run = {}) {
	const all = { ...LIST, ...options } as INodeParameters;
	return await call(phones, { credentials: withTables(), options: all, ...given });
}

describe('the option Do-Not-Call List', () => {
	test.each(['trigger', 'triggerAndWait'])('%s calls nobody who is on it', async (operation) => {
		await list(bob);
		polyAi.set({ queuedMs: 0, callingMs: 0 });
		const { items } = await callOffList([ann, bob, cem], { operation });
		expect(items.map(({ json }) => json.skipReason)).toEqual([
			undefined,
			'onDoNotCallList',
			undefined,
		]);
		expect(items[1]?.json).toMatchObject({
			status: 'skipped',
			isFinal: true,
			phoneNumber: bob,
			reason: `${bob} is on the do-not-call list.`,
		});
		expect(dialed().sort()).toEqual([ann, cem]);
	});

	test.each([
		'+44 20 7946 0101',
		'020 7946 0101',
		'0044 (20) 7946-0101',
		'tel: 020 7946 0101',
		'(020) 7946 0101 (mobile)',
		442079460101,
	])('reads %j as Validate does', async (cell) => {
		await list('+44 909 8790000', cell);
		await callOffList([ann, bob]);
		expect(dialed()).toEqual([ann]);
	});

	test.each(['call me', '020 7946 0101 / 020 7946 0102', '12', '01/02/2026'])(
		'with a cell that cannot be read nobody is called: %j',
		async (cell) => {
			await list(cem, cell);
			const { items } = await callOffList([ann, bob], { onError: 'continueRegularOutput' });
			for (const item of items) {
				expect(errorOf(item)).toMatchObject({
					code: 'badRequest',
					message: expect.stringContaining("The do-not-call list “Nobody” can't be read in row 2"),
					description: expect.stringMatching(/^No call was placed\. Correct the cell/),
				});
			}
			expect(dialed()).toEqual([]);
		},
	);

	test('an empty row is nobody', async () => {
		await list(null, '  ', bob);
		await callOffList([ann, bob]);
		expect(dialed()).toEqual([ann]);
	});

	test('who is put on it while the run goes on is not called anymore', async () => {
		let calls = 0;
		polyAi.fault(({ operation }) => {
			if (operation === 'trigger' && ++calls === 1) void list('020 7946 0102');
			return undefined;
		});
		const { items } = await callOffList([ann, bob, cem], { options: { maxConcurrency: 1 } });
		expect(items[2]?.json).toMatchObject({ skipReason: 'onDoNotCallList' });
		expect(dialed()).toEqual([ann, bob]);
	});

	test('who is put on it while PolyAI asks for a pause is not called anymore', async () => {
		polyAi.fault(({ operation }) => {
			if (operation !== 'trigger' || n8n.others.Nobody?.rows.length !== 0) return undefined;
			void list(ann);
			return { answer: 429, retryAfter: 20 };
		});
		const { items } = await callOffList([ann]);
		expect(items[0]?.json).toMatchObject({ skipReason: 'onDoNotCallList' });
		expect(dialed()).toEqual([]);
	});

	test('a list that is not there stops the run in words, and is not made', async () => {
		const table = { ...NOBODY, value: 'Nobdy' };
		const { error } = await callOffList([ann], { options: { doNotCallList: { list: { table } } } });
		expect(error?.message).toBe('There is no data table “Nobdy” for the do-not-call list');
		expect(error?.description).toMatch(/^No call was placed/);
		expect(n8n.names).toEqual(['Calls']);
		expect(dialed()).toEqual([]);
	});

	test('a list that n8n does not give stops the run, too', async () => {
		n8n.others.Nobody = new DataTable(() => ({ status: 403 }));
		const { error } = await callOffList([ann]);
		expect(error?.message).toContain('lacks the scope dataTableRow:read');
		expect(error?.description).toMatch(/^No call was placed/);
		expect(dialed()).toEqual([]);
	});

	test('with a call log beside it, who was kept off leaves no row there', async () => {
		await list(bob);
		await callOffList([ann, bob], { options: { callLog: 'Calls' } });
		expect(n8n.table.rows.map(({ phoneNumber }) => phoneNumber)).toEqual([ann]);
	});

	test('a list of a thousand numbers is read once, and asked for what is new', async () => {
		await list(...Array.from({ length: 1000 }, (_, index) => `+4420794${70000 + index}`), bob);
		await callOffList([ann, bob, cem]);
		expect(dialed().sort()).toEqual([ann, cem]);
		expect(n8n.others.Nobody?.requests.length).toBeLessThan(5 + 6);
	});
});

describe.each(['block', 'unblock', 'isBlocked'])('%s', (operation) => {
	test('needs no credential of PolyAI, and calls nobody', async () => {
		await list('020 7946 0101');
		const { items, error } = await onList(operation, [bob]);
		expect(error).toBeUndefined();
		expect(items[0]?.json).toMatchObject({ phoneNumber: bob });
		expect(polyAi.journal.requests).toEqual([]);
	});

	test('a number that cannot be read fails with the reason', async () => {
		const { items } = await onList(operation, ['12'], { onError: 'continueRegularOutput' });
		expect(errorOf(items[0] as { json: IDataObject })).toMatchObject({
			code: 'invalidPhoneNumber',
		});
	});
});

async function onList(operation: string, phones: string[], given: Run = {}) {
	const { polyAiDataTablesApi } = withTables();
	const fields = {
		...{ resource: 'phoneNumber', phoneNumber: '={{ $json.phone }}', defaultCountry: 'GB' },
		...{ doNotCallList: NOBODY, ...(given.fields as object) },
	};
	return await run({
		operation,
		credentials: { polyAiDataTablesApi },
		items: phones.map((phone) => ({ phone })),
		...given,
		fields,
	});
}

test('who is blocked is not called, and is again once unblocked', async () => {
	const said = await onList('block', ['020 7946 0101'], { options: { reason: 'asked for it' } });
	expect(said.items[0]?.json).toEqual({ phoneNumber: bob, isBlocked: true, isNew: true });
	expect((await onList('block', [bob])).items[0]?.json).toMatchObject({ isNew: false });
	expect((await onList('isBlocked', [bob, ann])).items.map(({ json }) => json)).toEqual([
		{ phoneNumber: bob, isBlocked: true, reason: 'asked for it' },
		{ phoneNumber: ann, isBlocked: false },
	]);
	const { items } = await callOffList([bob]);
	expect(items[0]?.json.reason).toBe(`${bob} is on the do-not-call list: asked for it.`);
	expect((await onList('unblock', [bob, ann])).items.map(({ json }) => json)).toEqual([
		{ phoneNumber: bob, isBlocked: false, wasBlocked: true },
		{ phoneNumber: ann, isBlocked: false, wasBlocked: false },
	]);
	await callOffList([bob]);
	expect(dialed()).toEqual([bob]);
});

test('Unblock deletes the number in every notation', async () => {
	await list(bob, '020 7946 0101', ann);
	await onList('unblock', [bob]);
	expect(n8n.others.Nobody?.rows.map(({ phoneNumber }) => phoneNumber)).toEqual([ann]);
});

test('Block makes the table that it is to write into, and works beside a cell that nobody can read', async () => {
	const fields = { doNotCallList: { __rl: true, mode: 'name', value: 'PolyAI do-not-call list' } };
	await onList('block', [ann], { fields });
	expect(n8n.names).toContain('PolyAI do-not-call list');
	await list('call me');
	expect((await onList('block', [bob])).items[0]?.json).toMatchObject({ isNew: true });
});

test('a premium-rate number can be blocked', async () => {
	expect((await onList('block', ['+44 909 8790000'])).items[0]?.json).toMatchObject({
		phoneNumber: '+449098790000',
		isBlocked: true,
	});
});

test.each(['unblock', 'isBlocked'])('%s says that a list is not there', async (operation) => {
	const fields = { doNotCallList: { __rl: true, mode: 'name', value: 'Nobdy' } };
	const { error } = await onList(operation, [bob], { fields });
	expect(error?.message).toBe('There is no data table “Nobdy” for the do-not-call list');
	expect(n8n.names).toEqual(['Calls']);
});
