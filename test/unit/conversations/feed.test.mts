import { CallError } from '../../../nodes/shared/errors/callError.ts';
import { ConversationFeed } from '../../../nodes/shared/polyai/conversations/conversationFeed.ts';
import {
	FeedMemory,
	readSavedFeed,
} from '../../../nodes/shared/polyai/conversations/feedMemory.ts';
import { ListedConversations } from '../../support/unit/conversations/listedConversations.mts';

const START = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;

function follow() {
	const polyAi = new ListedConversations(START);
	const feed = new ConversationFeed(FeedMemory.startingAt('project', START));
	const lost: string[] = [];
	const poll = async (time = Infinity) => {
		polyAi.now += MINUTE;
		polyAi.requests = 0;
		const { ended, overdue } = await feed.read({
			list: polyAi.list,
			now: () => polyAi.now,
			goesOn: () => polyAi.requests < time,
			concurrency: 2,
		});
		for (const { callSid } of ended) feed.memory.markDone(callSid);
		lost.push(...overdue.map(({ callSid }) => callSid));
		return ended.map(({ callSid }) => callSid);
	};
	const call = (callSid: string, minutes = 0) => {
		const start = polyAi.now;
		polyAi.calls.push({ callSid, start, end: start + minutes * MINUTE, listedAt: start });
	};
	return { polyAi, feed, poll, call, lost };
}

test('a poll that ran out of time is gone on with, page by page', async () => {
	const { polyAi, poll, call } = follow();
	await poll();
	for (let index = 10; index < 20; index++) call(String(index));
	const polls = [await poll(1), await poll(1), await poll(1), await poll(1)];
	expect(polls.map((calls) => calls.length)).toEqual([3, 3, 3, 1]);
	expect(new Set(polls.flat()).size).toBe(10);
	expect(polyAi.requests).toBe(1);
});

test('pages that shift while they are read hide no conversation, and repeat none', async () => {
	const { polyAi, poll, call } = follow();
	polyAi.pagesShift = true;
	await poll();
	const { list } = polyAi;
	const found: string[] = [];
	for (let index = 10; index < 30; index++) call(String(index));
	polyAi.now += MINUTE;
	let late = 0;
	polyAi.list = async (query) => {
		// One enters the list late, among those that were read.
		if (late < 5) polyAi.calls.push({ ...polyAi.calls[0]!, callSid: `late ${late++}` });
		return await list(query);
	};
	for (let polls = 0; polls < 8; polls++) found.push(...(await poll(2)));
	expect(new Set(found).size).toBe(found.length);
	expect(found).toHaveLength(25);
});

test('a cursor that PolyAI does not take anymore means to begin again, unnoticed', async () => {
	const { polyAi, poll, call } = follow();
	await poll();
	for (let index = 10; index < 16; index++) call(String(index));
	expect(await poll(1)).toHaveLength(3);
	const { list } = polyAi;
	polyAi.list = async () => ({ error: new CallError('badRequest', 'cursor'), mayPass: false });
	expect(await poll(1)).toEqual([]);
	polyAi.list = list;
	expect((await poll()).sort()).toEqual(['10', '11', '12']);
});

test('a call that goes on for a day, or vanishes from the list, is overdue, once PolyAI was asked', async () => {
	const { polyAi, poll, call, lost } = follow();
	call('endless', 10_000);
	call('vanishes', 10);
	await poll();
	polyAi.calls.pop();
	polyAi.now += 23 * 60 * MINUTE;
	await poll();
	expect(lost).toEqual([]);
	polyAi.now += 60 * MINUTE;
	polyAi.failsAt = 0;
	await poll();
	expect(lost).toEqual([]);
	polyAi.failsAt = Infinity;
	await poll();
	expect(lost.sort()).toEqual(['endless', 'vanishes']);
});

test('what is remembered does not grow: only the last hour and what goes on', async () => {
	const { feed, poll, call } = follow();
	await poll();
	call('long', 600);
	for (let index = 0; index < 300; index++) {
		call(String(index));
		await poll();
	}
	const { open, done } = feed.memory.save();
	expect(Object.keys(open)).toEqual(['long']);
	expect(Object.keys(done).length).toBeLessThan(70);
});

test.each([
	null,
	'text',
	{},
	{ feed: 'project' },
	{ feed: 'project', until: '1', open: {}, done: {} },
	{ feed: 'project', until: 1, open: [], done: {} },
	{ feed: 'project', until: 1, open: {}, done: { 'OUT-1': 'yesterday' } },
])('%j is nothing that was saved', (saved) => {
	expect(readSavedFeed(saved)).toBeUndefined();
});
