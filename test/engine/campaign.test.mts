import type { IDataObject } from 'n8n-workflow';
import { wallClock } from '../../nodes/n8n/wallClock.ts';
import type { CampaignRow } from '../../nodes/shared/campaign/campaignRow.ts';
import { add, on, pass, people, PLAN, runOnce } from '../support/engine/campaign.mts';
import { n8n } from '../support/engine/dataTable.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	credentialFor,
	dialed,
	errorOf,
	expectNobodyRungTwice,
	numbers,
	polyAi,
} from '../support/engine/polyAi.mts';
import { DataTable } from '../support/unit/dataTable.mts';

const MONDAY_NIGHT = '2026-11-23T23:00:00Z';

const [ann, bob, cem] = numbers(3) as [string, string, string];

describe('adding people', () => {
	test('each is in the campaign once, under a name or else under the number', async () => {
		const { items } = await add([ann, bob]);
		expect(items.map(({ json }) => json)).toEqual([
			{ person: 'person 0', phoneNumber: ann, state: 'waiting', isNew: true },
			{ person: 'person 1', phoneNumber: bob, state: 'waiting', isNew: true },
		]);
		expect((await add([ann])).items[0]?.json.isNew).toBe(false);
		await add([cem], {}, { person: '' });
		expect(people.rows.map(({ person }) => person)).toEqual(['person 0', 'person 1', cem]);
	});

	test('the same person in two items of one list is added once', async () => {
		await add([ann, ann, ann], {}, { person: 'Ann' });
		expect(people.rows).toHaveLength(1);
	});

	test('a person may have any name, with spaces and signs', async () => {
		const person = 'Zoë van Dam + 1 * (“Q&A”)';
		await add([ann], {}, { person });
		expect((await add([ann], {}, { person })).items[0]?.json).toMatchObject({
			person,
			isNew: false,
		});
	});

	test('nobody is called by it, and a bad number fails its item only', async () => {
		const { items } = await on('addPerson', {
			items: [{ phone: '12' }, { phone: ann }],
			onError: 'continueRegularOutput',
		});
		expect(errorOf(items[0] as { json: IDataObject }).code).toBe('invalidPhoneNumber');
		expect(people.rows.map(({ phoneNumber }) => phoneNumber)).toEqual([ann]);
		expect(dialed()).toEqual([]);
	});

	test('somebody who is there already can be updated, or begun anew', async () => {
		await add([ann]);
		await add([bob], { ifAlreadyThere: 'update', callUntil: '2026-11-24T12:00:00Z' });
		expect(people.rows[0]).toMatchObject({
			phoneNumber: bob,
			callUntil: '2026-11-24T12:00:00.000Z',
			attempts: '0',
		});
		await runOnce();
		pass(5);
		await runOnce();
		expect(people.rows[0]).toMatchObject({ state: 'ended', outcome: 'reached' });
		await add([ann], { ifAlreadyThere: 'startOver' });
		expect(people.rows[0]).toMatchObject({ state: 'waiting', outcome: null, phoneNumber: ann });
	});
});

describe('a run', () => {
	test('calls everybody who is due, and puts out each person once', async () => {
		await add([ann, bob, cem], {
			metadata: { fields: [{ name: 'first_name', value: 'Ann' }] },
		});
		const first = await runOnce();
		pass(5);
		const second = await runOnce();
		pass(5);
		expect(await runOnce()).toEqual([]);
		expect(dialed().sort()).toEqual([ann, bob, cem]);
		const [one] = [...first, ...second].filter(({ phoneNumber }) => phoneNumber === ann);
		expect(one).toEqual({
			person: 'person 0',
			phoneNumber: ann,
			outcome: 'reached',
			attempts: 1,
			callSid: expect.any(String),
			status: 'success',
			metadata: { first_name: 'Ann' },
			endedAt: expect.any(String),
		});
		expect([...first, ...second]).toHaveLength(3);
	});

	test('who was not reached is called again after the pause, and no more often than allowed', async () => {
		polyAi.set({ outcome: 'no-answer' });
		await add([ann]);
		await runOnce();
		pass(5);
		await runOnce();
		expect(dialed()).toEqual([ann]);
		pass(31);
		await runOnce();
		pass(5);
		const out = await runOnce();
		expect(dialed()).toEqual([ann, ann]);
		expect(out).toMatchObject([{ person: 'person 0', outcome: 'notReached', attempts: 2 }]);
	});

	test('nobody is called outside the hours; the next call is planned into them', async () => {
		useFastClock(MONDAY_NIGHT);
		await add([ann]);
		expect(await runOnce()).toEqual([]);
		expect(dialed()).toEqual([]);
		expect(people.rows[0]?.nextCallAt).toBe('2026-11-24T09:00:00.000Z');
	});

	test('a deadline that comes before the next allowed moment ends it as expired', async () => {
		useFastClock(MONDAY_NIGHT);
		await add([ann], { callUntil: '2026-11-24T08:00:00Z' });
		expect(await runOnce()).toMatchObject([{ outcome: 'expired', attempts: 0 }]);
		expect(dialed()).toEqual([]);
	});

	test('at most so many calls are in progress', async () => {
		polyAi.set({ outcome: 'never-ends' });
		await add(numbers(4));
		await runOnce({ runFor: 300 }, { maxLiveCalls: 2 });
		await runOnce({ runFor: 50 }, { maxLiveCalls: 2 });
		expect(dialed()).toHaveLength(2);
	});

	test('who is set back by hand is called, though n8n leaves an empty text in an emptied cell', async () => {
		polyAi.set({ outcome: 'never-ends' });
		await add([ann]);
		Object.assign(people.rows[0]!, { callUntil: '', claim: '' });
		await runOnce();
		expect(people.rows[0]).toMatchObject({ state: 'calling', attempts: '1' });
		expect(dialed()).toEqual([ann]);
	});

	test('of two runs at once nobody is called twice', async () => {
		await add(numbers(8));
		const out = (await Promise.all([runOnce(), runOnce()])).flat();
		for (let more = 4; more > 0; more--) {
			pass(5);
			out.push(...(await Promise.all([runOnce(), runOnce()])).flat());
		}
		expect(out.map(({ outcome }) => outcome)).toEqual(numbers(8).map(() => 'reached'));
		expectNobodyRungTwice();
		expect(dialed()).toHaveLength(8);
	});

	test('who is on the do-not-call list is left alone', async () => {
		const nobody = new DataTable();
		n8n.others.Nobody = nobody;
		const row = { phoneNumber: bob, reason: 'asked not to be called' };
		nobody.rows.push({ ...row, id: 1 } as never);
		await add([ann, bob]);
		const list = { __rl: true, mode: 'name', value: 'Nobody' };
		const out = await runOnce({ doNotCallList: { list: { table: list } } });
		expect(dialed()).toEqual([ann]);
		expect(out).toContainEqual(
			expect.objectContaining({
				phoneNumber: bob,
				outcome: 'stopped',
				reason: 'On the do-not-call list: asked not to be called.',
			}),
		);
	});

	test('no one is called after the hours because n8n was restarting before the call', async () => {
		useFastClock('2026-11-23T19:58:00Z');
		await add([ann]);
		const table = people;
		const send = table.send;
		let isAway = true;
		table.send = async (request) => {
			if (request.method === 'PATCH' && isAway) {
				isAway = false;
				await wallClock.sleep(5 * 60_000);
			}
			return await send(request);
		};
		await runOnce();
		expect(isAway).toBe(false);
		expect(dialed()).toEqual([]);
		expect(people.rows[0]).toMatchObject({
			...{ state: 'waiting', attempts: '0', claim: null },
			nextCallAt: '2026-11-24T09:00:00.000Z',
		});
	});

	describe('with a do-not-call list of national numbers', () => {
		const [york] = ['+12125550123'];
		const list = { list: { table: { __rl: true, mode: 'name', value: 'Nobody' } } };
		const listing = (...cells: string[]) => {
			const rows = cells.map((phoneNumber, id) => ({ id, phoneNumber, reason: null }));
			n8n.others.Nobody = new DataTable();
			n8n.others.Nobody.rows.push(...(rows as never[]));
		};

		test('reads each number by the country of the person who would be called', async () => {
			listing('020 7946 0101');
			await add([ann, bob, cem]);
			await runOnce({ doNotCallList: list });
			expect(bob).toBe('+442079460101');
			expect(dialed().sort()).toEqual([ann, cem]);
		});

		test('a number that is none in the person’s country keeps everyone from being called', async () => {
			useFastClock('2026-11-23T16:00:00Z');
			listing('020 7946 0101');
			await add([york]);
			const options = { doNotCallList: list, numberCheck: 'possible' };
			const { error } = await on('run', { items: [{}], fields: PLAN, options });
			expect(error?.message).toMatch(/^The do-not-call list “Nobody” can't be read in row 0/);
			expect(error?.description).toMatch(/choose their country under 'Default Country'/);
			expect(people.rows[0]).toMatchObject({ state: 'waiting', attempts: '0', claim: null });
			expect(dialed()).toEqual([]);
		});

		test('Default Country is the country of the list, and a person’s own number is still theirs', async () => {
			useFastClock('2026-11-23T16:00:00Z');
			listing('020 7946 0101', '(212) 555-0123');
			await add([ann, bob, york]);
			const out = await runOnce({
				doNotCallList: list,
				defaultCountry: 'GB',
				numberCheck: 'possible',
			});
			expect(dialed()).toEqual([ann]);
			const stopped = out.filter(({ outcome }) => outcome === 'stopped');
			expect(stopped.map(({ phoneNumber }) => phoneNumber).sort()).toEqual([york, bob]);
		});
	});

	test.each([{ defaultCountry: 'Narnia' }, { allowedCountries: 'UK, Narnia' }])(
		'an option that no one can read ends no one’s campaign: %j',
		async (options) => {
			await add([ann]);
			const { error } = await on('run', { items: [{}], fields: PLAN, options });
			expect(error?.message).toMatch(/is not a country code$/);
			expect(people.rows[0]).toMatchObject({ state: 'waiting', attempts: '0', claim: null });
			await runOnce();
			expect(dialed()).toEqual([ann]);
		},
	);

	test('a call whose outcome nobody knows is not placed again', async () => {
		polyAi.fault({ on: 'trigger', answer: 'reset', dials: true, times: 1 });
		await add([ann]);
		const out = await runOnce();
		pass(60);
		await runOnce();
		expect(out).toMatchObject([{ outcome: 'unclear', attempts: 1 }]);
		expect(dialed()).toEqual([ann]);
	});

	test('a refused token fails the run in words, and everybody stays due', async () => {
		await add([ann]);
		const wrong = {
			...credentialFor(polyAi, { token: 'wrong' }),
			polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'k' },
		};
		const { error } = await on('run', { items: [{}], fields: PLAN, credentials: wrong });
		expect(error?.message).toMatch(/^PolyAI refused the token/);
		expect(people.rows[0]).toMatchObject({ state: 'waiting', attempts: '0', claim: null });
		await runOnce();
		expect(dialed()).toEqual([ann]);
	});
});

test('a call that PolyAI asks to wait with is not placed once the calling hours are over', async () => {
	useFastClock('2026-11-23T19:59:30Z');
	polyAi.fault({ on: 'trigger', answer: 429, retryAfter: 60, times: 1 });
	await add([ann]);
	await runOnce({ runFor: 300 });
	expect(dialed()).toEqual([]);
	expect(people.rows[0]).toMatchObject({
		...{ state: 'waiting', attempts: '0', claim: null },
		nextCallAt: '2026-11-24T09:00:00.000Z',
	});
});

test('a call that n8n can’t record is named with its call SID, and no further one is placed', async () => {
	await add([ann, bob]);
	const { send } = people;
	people.send = async (request) => {
		const { data } = (request.body ?? {}) as { data?: { callSid?: string } };
		return data?.callSid ? await Promise.reject(new Error('n8n is away')) : await send(request);
	};
	const { error } = await on('run', {
		items: [{}],
		options: { maxConcurrency: 1 },
		fields: { ...PLAN, maxLiveCalls: 1 },
	});
	const [call] = polyAi.calls.all();
	expect(dialed()).toEqual([ann]);
	expect(error?.description).toContain(
		`The call to ${ann} was placed with the call SID ${call?.sid}`,
	);
});

describe('stopping', () => {
	test('nobody is called after it, by name or by number', async () => {
		await add([ann, bob]);
		const { items } = await on('stopPerson', {
			items: [{ who: 'person 0' }, { who: bob }],
			fields: { who: '={{ $json.who }}' },
		});
		expect(items.map(({ json }) => json.isStopped)).toEqual([true, true]);
		expect(await runOnce()).toMatchObject([{ outcome: 'stopped' }, { outcome: 'stopped' }]);
		expect(dialed()).toEqual([]);
	});

	test('a call in progress goes on, and is the last one', async () => {
		polyAi.set({ outcome: 'no-answer', callingMs: 30_000 });
		await add([ann]);
		await runOnce();
		await on('stopPerson', { items: [{}], fields: { who: 'person 0' } });
		pass(5);
		expect(await runOnce()).toMatchObject([{ outcome: 'stopped', status: 'failure' }]);
		expect(dialed()).toEqual([ann]);
	});

	test('who is started over before the stop has come out comes out first, and is called then', async () => {
		await add([ann]);
		await on('stopPerson', { items: [{}], fields: { who: ann } });
		const { items } = await add([ann], { ifAlreadyThere: 'startOver' });
		expect(items[0]?.json).toMatchObject({ state: 'waiting', isNew: false });
		expect(await runOnce()).toMatchObject([{ outcome: 'stopped', attempts: 0 }]);
		expect(dialed()).toEqual([]);
		await runOnce();
		expect(dialed()).toEqual([ann]);
	});

	test('a name that is not there is an error: somebody else may be called otherwise', async () => {
		await add([ann]);
		const { error } = await on('stopPerson', { items: [{}], fields: { who: 'Anne' } });
		expect(error?.message).toBe('“Anne” is not in this campaign');
	});
});

test('a run before the first person says who creates the table', async () => {
	n8n.others = {};
	const { error } = await on('run', { items: [{}], fields: PLAN });
	expect(error?.message).toBe('There is no data table “Reminders” for the campaign');
	expect(error?.description).toContain('Campaign > Add Person creates it with the first person');
});

test('progress counts people by state', async () => {
	polyAi.set({ outcomeByNumber: { [bob]: 'no-answer' } });
	await add([ann, bob, cem]);
	await on('stopPerson', { items: [{}], fields: { who: cem } });
	await runOnce();
	pass(5);
	await runOnce();
	const { items } = await on('getProgress', { items: [{}] });
	expect(items[0]?.json).toMatchObject({
		people: 3,
		waiting: 1,
		calling: 0,
		ended: 2,
		reached: 1,
		stopped: 1,
		shareReached: 0.5,
	});
	const waiting = await on('getPeople', { items: [{}], fields: { states: ['waiting'] } });
	expect(waiting.items.map(({ json }) => json)).toMatchObject([
		{ person: 'person 1', phoneNumber: bob, state: 'waiting', attempts: 1, status: 'failure' },
	]);
});

describe('cells that people have edited', () => {
	const edit = (changes: Partial<CampaignRow>) => Object.assign(people.rows[0] as object, changes);

	test('words in an ended person’s nextCallAt bring no one out again', async () => {
		await add([ann]);
		await on('stopPerson', { items: [{}], fields: { who: ann } });
		await runOnce();
		edit({ nextCallAt: 'done' });
		expect(await runOnce()).toEqual([]);
	});

	test.each(['2026-11-23 23:00Z', '12/24/2026', '3/12/2027'])(
		'a time in other words is waited for: %s',
		async (nextCallAt) => {
			await add([ann]);
			edit({ nextCallAt });
			expect(await runOnce()).toEqual([]);
			expect(dialed()).toEqual([]);
			expect(people.rows[0]?.nextCallAt).toBe(new Date(nextCallAt).toISOString());
		},
	);

	test.each(['24.12.2026 09:00', '24/12/2026', 'tomorrow'])(
		'what is no time ends it, and says so: %s',
		async (nextCallAt) => {
			await add([ann]);
			edit({ nextCallAt });
			expect(await runOnce()).toMatchObject([
				{ outcome: 'refused', reason: `“${nextCallAt}” in 'nextCallAt' is not a time.` },
			]);
			expect(dialed()).toEqual([]);
		},
	);

	test.each([
		[{ attempts: 'three' }, 'notReached', "'attempts' is not a number."],
		[{ metadata: '{"name": ' }, 'refused', "'metadata' is not a JSON object of names and texts."],
		[{ metadata: '[1, 2]' }, 'refused', "'metadata' is not a JSON object of names and texts."],
	])('%j calls no one', async (changes, outcome, reason) => {
		await add([ann]);
		edit(changes);
		expect(await runOnce()).toMatchObject([{ outcome, reason }]);
		expect(dialed()).toEqual([]);
	});
});
