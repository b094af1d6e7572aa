import { MOST_SAVED_BYTES, MOST_TRACKED_CALLS } from '../../../nodes/shared/tracking/bounds.ts';
import { CallTracker } from '../../../nodes/shared/tracking/callTracker.ts';
import type { TrackedCall } from '../../../nodes/shared/tracking/trackedCall.ts';

const ACCOUNT = 'polyAiApi 1';
const START = Date.UTC(2026, 10, 23, 12);
const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

const call = (callSid: string, more: Partial<TrackedCall> = {}): TrackedCall => ({
	...{ callSid, account: ACCOUNT, phoneNumber: '+442079460018', triggeredAt: START },
	...{ workflowId: 'placing', executionId: '17' },
	...more,
});

const sidsOf = (calls: readonly TrackedCall[]) => calls.map(({ callSid }) => callSid);

/** A process of n8n with a trigger in a workflow that only listens. */
function start(now = START) {
	const tracker = new CallTracker();
	const trigger = tracker.trigger('listening', 'node');
	trigger.polls(ACCOUNT, now);
	return { tracker, trigger };
}

/** n8n is started again: only what was saved of the two workflows is left. */
function startAgain(before: CallTracker, now: number, placing = save(before, 'placing', now)) {
	const tracker = new CallTracker();
	tracker.restore('listening', save(before, 'listening', now), now);
	const trigger = tracker.trigger('listening', 'node');
	trigger.polls(ACCOUNT, now);
	tracker.restore('placing', placing, now);
	return { tracker, trigger };
}

function save(tracker: CallTracker, workflowId: string, now: number): unknown {
	return JSON.parse(JSON.stringify(tracker.save(workflowId, now)));
}

test('a call comes back after a restart with all that was known of it', () => {
	const { tracker } = start();
	const end = { status: 'failure' as const, reason: 'busy', finishedAt: START + 60_000 };
	const calls = [
		call('plain'),
		call('of another environment', { environment: 'sandbox', metadata: { name: 'Ann' } }),
		call('ended', { end }),
	];
	for (const one of calls) tracker.add(one, START);
	const after = startAgain(tracker, START).tracker;
	expect(calls.map(({ callSid }) => after.find(callSid))).toEqual(calls);
});

test('as many calls of another workflow as are remembered: after a restart none is reported again', () => {
	const { tracker, trigger } = start();
	for (let index = 0; index < MOST_TRACKED_CALLS; index++) tracker.add(call(`SID-${index}`), START);
	// The workflow that placed them does not run again, so what it has saved stays as it is.
	const placing = save(tracker, 'placing', START);
	for (let index = 0; index < MOST_TRACKED_CALLS; index++) {
		tracker.saw(`SID-${index}`, { status: 'success' }, START);
		trigger.reported.add(`SID-${index}`, START);
	}
	const after = startAgain(tracker, START, placing);
	for (let index = 0; index < MOST_TRACKED_CALLS; index++) {
		after.tracker.saw(`SID-${index}`, { status: 'success' }, START);
	}
	expect(after.tracker.toReport(after.trigger)).toEqual([]);
});

test('a call of two weeks ago is not watched again because of a young one beside it', () => {
	const { tracker } = start();
	tracker.add(call('old'), START);
	const now = START + 14 * DAY;
	const saved = { calls: [call('young', { triggeredAt: now }), call('old')] };
	const { tracker: after, trigger } = startAgain(new CallTracker(), now, saved);
	expect(sidsOf(after.due(trigger, now))).toEqual(['young']);
});

test('what many calls have as metadata fits into what n8n saves, the newest first', () => {
	const { tracker } = start();
	const metadata = { notes: 'é'.repeat(10_000) };
	for (let index = 0; index < 500; index++) {
		tracker.add(call(`SID-${index}`, { metadata, triggeredAt: START + index }), START);
	}
	const text = JSON.stringify(tracker.save('placing', START));
	expect(Buffer.byteLength(text)).toBeLessThan(MOST_SAVED_BYTES);
	const { tracker: after } = startAgain(tracker, START);
	expect(after.find('SID-499')?.metadata).toEqual(metadata);
	expect(after.find('SID-0')).toBeDefined();
	expect(after.find('SID-0')?.metadata).toBeUndefined();
	expect(tracker.bytesOf('placing', START)).toBeGreaterThan(MOST_SAVED_BYTES);
});

test('metadata does not fill up the memory of n8n: the oldest calls are given up, and that is told', () => {
	const { tracker } = start();
	const metadata = { notes: 'x'.repeat(1_000_000) };
	const givenUp = Array.from({ length: 60 }, (_, index) =>
		tracker.add(call(`SID-${index}`, { metadata }), START),
	);
	expect(givenUp.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(5);
	expect(tracker.find('SID-0')).toBeUndefined();
	expect(tracker.find('SID-59')).toBeDefined();
});

test('calls that have ended make room before those that are open', () => {
	const { tracker, trigger } = start();
	for (let index = 0; index < MOST_TRACKED_CALLS; index++) tracker.add(call(`SID-${index}`), START);
	tracker.saw('SID-7', { status: 'success' }, START);
	trigger.reported.add('SID-7', START);
	expect(tracker.add(call('one more'), START)).toBe(0);
	expect(tracker.find('SID-7')).toBeUndefined();
	expect(tracker.find('SID-0')).toBeDefined();
});

test.each([undefined, null, 'text', [], { calls: 7 }, { calls: [7, {}, null], triggers: [7] }])(
	'static data that somebody else has written is none: %j',
	(saved) => {
		const { tracker, trigger } = start();
		tracker.restore('placing', saved, START);
		expect(tracker.due(trigger, START)).toEqual([]);
	},
);
