import type { IDataObject } from 'n8n-workflow';
import { useFastClock } from '../support/engine/fastClock.mts';
import { call, errorOf, numbers, polyAi, run } from '../support/engine/polyAi.mts';

useFastClock('2026-11-23T10:00:00Z');

const [ann, bob] = numbers(2) as [string, string];
const LATE = { callingHours: { window: { from: '17:00', to: '18:00' } } };
const EMPTY = 'The call SID is empty';

/** What Trigger puts out for calls that it deliberately did not place: outside the hours, and a duplicate. */
async function skippedItems(): Promise<IDataObject[]> {
	const late = await call([bob], { options: LATE });
	const twice = await call([ann, ann], { options: { skipDuplicates: true } });
	polyAi.journal.reset();
	return [late.items[0], twice.items[1]].map((item) => item?.json ?? {});
}

describe.each(['getStatus', 'waitForResult'])('%s', (operation) => {
	test('skipped items come out as they came in, and nothing is asked', async () => {
		const skipped = [...(await skippedItems()), { status: 'skipped', name: 'Cleo' }];
		const { items } = await run({ operation, items: skipped });

		expect(items).toEqual(skipped.map((json, item) => ({ json, pairedItem: { item } })));
		expect(polyAi.journal.requests).toEqual([]);
	});

	test('calls among them are looked up, and everything stays in its place', async () => {
		const skipped = await skippedItems();
		const placed = (await call([ann])).items[0]?.json ?? {};
		const { items } = await run({ operation, items: [skipped[0]!, placed, skipped[1]!] });

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		expect(items[0]?.json).toEqual(skipped[0]);
		expect(items[1]?.json).toMatchObject({
			callSid: placed.callSid,
			checkedAt: expect.any(String),
		});
		expect(items[2]?.json).toEqual(skipped[1]);
	});

	test('a call SID that is filled in is looked up, whatever the item says of itself', async () => {
		const placed = (await call([ann])).items[0]?.json ?? {};
		const item = { ...placed, status: 'skipped' };
		const { items } = await run({ operation, items: [item] });

		expect(items[0]?.json).toMatchObject({ callSid: placed.callSid });
		expect(items[0]?.json.status).not.toBe('skipped');
	});

	test.each<[string, IDataObject]>([
		['whose call was placed', { status: 'queued' }],
		['without a status', { name: 'Ann' }],
		['that failed after it had been skipped', { status: 'skipped', error: { message: 'No' } }],
	])('an item %s is an error as ever', async (_what, json) => {
		const result = await run({ operation, items: [json], onError: 'continueRegularOutput' });

		expect(errorOf(result.items[0] ?? { json: {} })).toMatchObject({ message: EMPTY });
	});
});
