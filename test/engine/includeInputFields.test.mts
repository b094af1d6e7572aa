import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	call,
	dialed,
	errorOf,
	numbers,
	polyAi,
	run,
	type Run,
} from '../support/engine/polyAi.mts';

useFastClock('2026-11-23T10:00:00Z');

const [ann, bob] = numbers(2) as [string, string];
const ROW = { name: 'Ann', visit: { day: 'Tuesday', with: ['Dr. Lee'] }, empty: null };
const WITH_INPUT = { includeInputFields: true };
const LATE = { window: { from: '17:00', to: '18:00' } };
const PLACING = ['trigger', 'triggerAndWait'];
const READING = ['getStatus', 'waitForResult'];

/** A row that every operation can do something with: the call was placed and has ended. */
async function row(columns: IDataObject = ROW): Promise<IDataObject> {
	polyAi.set({ outcomeScript: ['never-ends'] });
	const placed = (await call([bob])).items[0]?.json ?? {};
	polyAi.finish(String(placed.callSid));
	return { ...columns, phone: ann, callSid: placed.callSid };
}

async function runOn(items: IDataObject[], given: Run): Promise<INodeExecutionData[]> {
	return (await run({ items, ...given, options: { ...WITH_INPUT, ...given.options } })).items;
}

describe.each([...PLACING, ...READING, 'validate'])('%s', (operation) => {
	test('the fields of the input come out too, under its own', async () => {
		const input = await row();
		const own = (await run({ operation, items: [input] })).items[0]?.json ?? {};
		const items = await runOn([{ ...input, status: 'vip', country: 'here' }], { operation });

		const json = items[0]?.json ?? {};
		expect(json).toMatchObject({ ...ROW, phone: ann });
		for (const name of Object.keys(own)) expect(json).toHaveProperty(name);
		expect(json.status).toBe(operation === 'validate' ? 'vip' : own.status);
		expect(json.country).toBe(READING.includes(operation) ? 'here' : 'GB');
		expect(items[0]?.pairedItem).toEqual({ item: 0 });
	});

	test('without the option they do not', async () => {
		const { items } = await run({ operation, items: [await row()] });

		for (const name of ['name', 'visit', 'phone']) expect(items[0]?.json).not.toHaveProperty(name);
	});

	test('a success has no top-level error, with which n8n would run everything once more', async () => {
		const input = { ...(await row()), error: '' };
		const given = { operation, retryOnFail: true, options: WITH_INPUT };
		const { items, calls } = await run({ items: [input], ...given });

		expect(items[0]?.json).toMatchObject({ name: 'Ann' });
		expect(items[0]?.json).not.toHaveProperty('error');
		expect(calls).toBe(1);
	});

	test('a failed item is its error and nothing else', async () => {
		const broken = { ...ROW, phone: '12', callSid: '' };
		const items = await runOn([broken], { operation, onError: 'continueRegularOutput' });

		expect(errorOf(items[0] ?? { json: {} })).toMatchObject({ code: expect.any(String) });
	});

	test('each item gets its own', async () => {
		const input = await row();
		const rows = ['Ann', 'Bob', 'Cleo'].map((name) => ({ ...input, name }));
		const items = await runOn(rows, { operation });

		expect(items.map(({ json }) => json.name)).toEqual(['Ann', 'Bob', 'Cleo']);
	});
});

test('what is neither on nor off is an error before anybody is called', async () => {
	const options = { includeInputFields: '={{ "perhaps" }}' };
	const { items } = await call([ann], { options, onError: 'continueRegularOutput' });

	expect(errorOf(items[0] ?? { json: {} })).toMatchObject({
		message: "'Include Input Fields' must be true or false",
	});
	expect(dialed()).toEqual([]);
});

describe('a row that goes round a loop', () => {
	const outside = { options: { callingHours: LATE } };

	test.each(PLACING)('%s: once it is called it is no longer skipped', async (operation) => {
		const [skipped] = await runOn([{ ...ROW, phone: ann }], { operation, ...outside });
		expect(skipped?.json).toMatchObject({ ...ROW, status: 'skipped', phone: ann });
		const [called] = await runOn([skipped?.json ?? {}], { operation });

		expect(called?.json).toMatchObject({ ...ROW, phone: ann, callSid: expect.any(String) });
		for (const name of ['skipReason', 'nextAllowedAt', 'reason']) {
			expect(called?.json).not.toHaveProperty(name);
		}
	});

	test('who is skipped the second time does not keep the call SID of the first call', async () => {
		const [called] = await runOn([{ ...ROW, phone: ann }], { operation: 'triggerAndWait' });
		const [skipped] = await runOn([called?.json ?? {}], outside);

		expect(skipped?.json).toMatchObject({ ...ROW, status: 'skipped', phone: ann });
		for (const name of ['callSid', 'triggeredAt', 'timedOut', 'waitedSeconds', 'checkedAt']) {
			expect(skipped?.json).not.toHaveProperty(name);
		}
	});

	test('a later look at the same call keeps what was known of it', async () => {
		const [called] = await runOn([{ ...ROW, phone: ann }], {});
		const [seen] = await runOn([called?.json ?? {}], { operation: 'getStatus' });

		const { triggeredAt, country } = called?.json ?? {};
		expect(seen?.json).toMatchObject({
			...ROW,
			triggeredAt,
			country,
			checkedAt: expect.any(String),
		});
	});

	test('a column of one’s own that is called “reason” stays', async () => {
		const [called] = await runOn([{ phone: ann, reason: 'Annual check' }], {});

		expect(called?.json).toMatchObject({ reason: 'Annual check', callSid: expect.any(String) });
	});
});
