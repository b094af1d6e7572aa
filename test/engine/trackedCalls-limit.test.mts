import { MOST_TRACKED_CALLS } from '../../nodes/shared/tracking/bounds.ts';
import { callTracker } from '../../nodes/shared/tracking/callTracker.ts';
import { call, numbers } from '../support/engine/polyAi.mts';

/** So many calls that no other fits in, as a busy day may leave them. */
function fill(day: string, account = 'other'): void {
	const triggeredAt = Date.now();
	for (let index = 0; index < MOST_TRACKED_CALLS; index++) {
		const placing = { account, workflowId: 'other', executionId: '1', triggeredAt };
		callTracker.add({ callSid: `${day}-${index}`, phoneNumber: '+1', ...placing }, triggeredAt);
	}
}

test('as long as all calls can be watched, nothing is said', async () => {
	expect((await call(numbers(1))).hints).toEqual([]);
});

test('where no trigger waits for the calls, nothing is said', async () => {
	fill('Monday');
	expect((await call(numbers(1))).hints).toEqual([]);
});

test('a call that is given up to make room for another is said on the node', async () => {
	const [before] = (await call(numbers(1))).items;
	const { account } = callTracker.find(String(before?.json.callSid))!;
	callTracker.trigger('listening', 'trigger').polls(account, Date.now());
	fill('Tuesday', account);
	const { hints, items } = await call(numbers(1));
	expect(items[0]?.json).toMatchObject({ status: 'queued' });
	expect(hints).toMatchObject([
		{
			type: 'warning',
			message: expect.stringMatching(/^More than 10000 calls are open.+Call Log/) as string,
		},
	]);
	expect(callTracker.find(String(items[0]?.json.callSid))).toBeDefined();
	expect(callTracker.find('Tuesday-0')).toBeUndefined();
});

test('calls of which nobody waits for the end make room without a word', async () => {
	const [before] = (await call(numbers(1))).items;
	const { account } = callTracker.find(String(before?.json.callSid))!;
	const trigger = callTracker.trigger('listening', 'trigger');
	trigger.polls(account, Date.now());
	for (const one of ['Wednesday', 'Thursday']) fill(one);
	expect((await call(numbers(1))).hints).toEqual([]);
});

test('metadata that n8n cannot keep over a restart is said on the node', async () => {
	const metadata = { fields: [{ name: 'notes', value: 'x'.repeat(19_000) }] };
	const { hints, items } = await call(numbers(120), { options: { metadata } });
	expect(items).toHaveLength(120);
	expect(hints).toMatchObject([
		{ type: 'warning', message: expect.stringMatching(/more metadata.+Call Log/) as string },
	]);
});

test('a trigger that was switched off does not wait for calls forever: they make room without a word', async () => {
	const [before] = (await call(numbers(1))).items;
	const { account } = callTracker.find(String(before?.json.callSid))!;
	const twoDaysAgo = Date.now() - 48 * 60 * 60_000;
	callTracker.trigger('listening', 'trigger').polls(account, twoDaysAgo);
	fill('Friday', account);
	expect((await call(numbers(1))).hints).toEqual([]);
});
