import { place, send } from '../../support/unit/simulator/polyAiClient.mts';
import { AGENT, LIST, LONDON, startProject } from '../../support/unit/simulator/project.mts';

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

test('a call that came in has a row, which does not say that it did, and no status', async () => {
	const { polyAi, clock, get, list } = await startProject();
	const id = polyAi.receive(LONDON);
	clock.advance(60_000);
	expect(await list()).toMatchObject({ conversations: [{ id, from_number: LONDON, metrics: {} }] });
	expect((await get(`${AGENT}/${id}`)).json).toMatchObject({ direction: 'inbound' });
	const status = `/v1/agents/PROJECT-SIMULATOR/telephony/outbound-calls/${id}/status`;
	expect((await get(`${status}?environment=live`)).status).toBe(404);
	polyAi.set({ unknownCall: 403 });
	expect((await get(`${status}?environment=live`)).status).toBe(403);
});

test('a conversation may be listed late, and show later still how it ended', async () => {
	const { polyAi, clock, list, idsOf } = await startProject({
		listedAfterMs: 30_000,
		addedMs: 60_000,
		versions: ['g1', 'conversations'],
	});
	const id = await place(polyAi, LONDON, 'g1');
	expect(id).not.toMatch(/^OUT-/);
	clock.advance(31_000);
	expect(await idsOf()).toEqual([]);
	clock.advance(1_000);
	expect(await list()).toMatchObject({ conversations: [{ id, in_progress: false, metrics: {} }] });
	clock.advance(35_000);
	expect(await list()).toMatchObject({
		conversations: [{ id, metrics: { OUTBOUND_CALL_STATUS: 'Success' } }],
	});
});

test('where cursors count rows, a new call shifts the pages', async () => {
	const { clock, call, list } = await startProject({ pagesShift: true });
	for (let calls = 0; calls < 2; calls++) await call();
	clock.advance(10_000);
	const { conversations, cursor } = await list('?limit=1');
	await call();
	clock.advance(10_000);
	expect(await list(`?limit=1&cursor=${String(cursor)}`)).toMatchObject({ conversations });
});
