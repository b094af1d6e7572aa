import { CallTracker } from '../../../nodes/shared/tracking/callTracker.ts';

const ACCOUNT = 'https://polyai.example 1';
const START = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;

/** n8n was killed while one call was open; what is on disk brings it back. */
function restartedTracker(): CallTracker {
	const tracker = new CallTracker();
	const call = {
		...{ callSid: 'SID-1', account: ACCOUNT, phoneNumber: '+442079460018', triggeredAt: START },
		...{ workflowId: 'placing', executionId: '1' },
	};
	tracker.restore('placing', () => [call], START);
	tracker.saw('SID-1', { status: 'success' }, START);
	return tracker;
}

function reportedBy(
	trigger: string,
	tracker: CallTracker,
	before: string[],
	now: number,
): string[] {
	tracker.join(trigger, ACCOUNT, before, now);
	const calls = tracker.toReport(trigger, ACCOUNT);
	tracker.reported(trigger, calls, now);
	return calls.map(({ callSid }) => callSid);
}

test('a trigger whose first poll after a restart comes late still gets what ended before it', () => {
	const tracker = restartedTracker();

	expect(reportedBy('prompt', tracker, ['SID-0'], START + MINUTE / 6)).toEqual(['SID-1']);
	expect(reportedBy('late', tracker, ['SID-0'], START + 2 * MINUTE)).toEqual(['SID-1']);
	expect(reportedBy('prompt', tracker, ['SID-0', 'SID-1'], START + 3 * MINUTE)).toEqual([]);
	expect(reportedBy('late', tracker, ['SID-0', 'SID-1'], START + 3 * MINUTE)).toEqual([]);
});

test('a trigger that has only been published does not get what ended before', () => {
	const tracker = restartedTracker();

	expect(reportedBy('prompt', tracker, ['SID-0'], START + MINUTE / 6)).toEqual(['SID-1']);
	expect(reportedBy('new', tracker, [], START + 2 * MINUTE)).toEqual([]);
});

test('what everybody has reported is written down no more, and dropped some minutes after the start', () => {
	const tracker = restartedTracker();
	reportedBy('prompt', tracker, [], START + MINUTE);

	expect(tracker.callsOf('placing')).toEqual([]);
	expect(tracker.find('SID-1')).toBeDefined();
	reportedBy('prompt', tracker, [], START + 6 * MINUTE);
	expect(tracker.find('SID-1')).toBeUndefined();
});
