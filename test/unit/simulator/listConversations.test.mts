import { place, send } from './polyAiClient.mts';
import { AGENT, LIST, LONDON, startProject } from './project.mts';

test('has the newest first, page by page, and new calls do not shift the pages', async () => {
	const { clock, call, list, idsOf } = await startProject();
	const sids: string[] = [];
	for (let i = 0; i < 5; i++) {
		sids.unshift(await call());
		clock.advance(i === 2 ? 0 : 10_000);
	}
	clock.advance(10_000);
	const seen: string[] = [];
	let query = '?limit=2';
	for (let pages = 0; pages < 3; pages++) {
		const { conversations, cursor } = await list(query);
		seen.push(...(conversations as Array<{ id: string }>).map(({ id }) => id));
		query = `?limit=2&cursor=${String(cursor)}`;
		await call();
		clock.advance(10_000);
		if (pages === 2) expect(cursor).toBeNull();
	}
	expect(seen.toSorted()).toEqual(sids.toSorted());
	expect([seen[0], seen[4]]).toEqual([sids[0], sids[4]]);
	expect(await idsOf()).toHaveLength(8);
});

test('can be narrowed by time, by being in progress and by environment', async () => {
	const { polyAi, clock, call, idsOf } = await startProject();
	const early = await call();
	clock.advance(60_000);
	const late = await call('+442079460009');
	await place(polyAi, { toNumber: LONDON, environment: 'sandbox' }, 'g3');
	expect(await idsOf()).toEqual([early]);
	clock.advance(2_000);
	expect(await idsOf()).toEqual([late, early]);
	expect(await idsOf('?start_time=2026-03-02T09:01:02Z')).toEqual([late]);
	expect(await idsOf('?end_time=2026-03-02T09:01:02Z')).toEqual([early]);
	expect(await idsOf('?in_progress=true')).toEqual([late]);
	expect(await idsOf('?in_progress=false')).toEqual([early]);
	expect(await idsOf('?client_env=sandbox')).toHaveLength(1);
});

test.each(['limit=0', 'limit=1001', 'limit=x', 'start_time=yesterday', 'cursor=abc'])(
	'refuses %s',
	async (query) => {
		const { get } = await startProject();
		expect((await get(`${LIST}?${query}`)).status).toBe(400);
	},
);

test('wants the key, and knows only its own project', async () => {
	const { polyAi, get } = await startProject();
	expect((await send(polyAi, 'GET', LIST)).status).toBe(401);
	expect((await get(LIST.replace('ws-simulator', 'ws-other'))).status).toBe(404);
	expect((await get(`${AGENT}/OUT-1`)).status).toBe(404);
});
