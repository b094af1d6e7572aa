import { CallTracker } from '../../../nodes/shared/tracking/callTracker.ts';
import { LiveSnapshot, readSnapshot } from '../../../nodes/shared/tracking/snapshot.ts';
import type { TrackedCall } from '../../../nodes/shared/tracking/trackedCall.ts';

const WORKFLOW = 'workflow-1';
const call = (callSid: string, more: Partial<TrackedCall> = {}): TrackedCall => ({
	callSid,
	phoneNumber: '+442079460018',
	triggeredAt: 1_800_000_000_000,
	account: 'https://polyai.example 1',
	executionId: '17',
	workflowId: WORKFLOW,
	...more,
});

/** As n8n writes it down, and a later process reads it. */
function savedAndRead(calls: TrackedCall[]): TrackedCall[] {
	const tracker = new CallTracker();
	for (const one of calls) tracker.add(one, one.triggeredAt);
	const written = JSON.stringify(new LiveSnapshot(tracker, WORKFLOW));
	return readSnapshot(JSON.parse(written), WORKFLOW);
}

test('a call comes back with all that was known of it', () => {
	const calls = [
		call('plain'),
		call('of another credential', { account: 'https://polyai.example 2' }),
		call('sandbox', { environment: 'sandbox' }),
		call('live', { environment: 'live', metadata: { name: 'Ann' } }),
		call('ended', {
			environment: 'sandbox',
			executionId: '18',
			end: { status: 'failure', reason: 'busy', finishedAt: 1_800_000_060_000 },
		}),
	];

	expect(savedAndRead(calls)).toEqual(calls);
});

test('what a version wrote that knew no environments is read', () => {
	const end = { status: 'success', finishedAt: 1_800_000_060_000 } as const;
	const written = {
		accounts: ['https://polyai.example 1'],
		executions: ['17'],
		calls: [
			['open', '+442079460018', 1_800_000_000_000, 0, 0],
			['ended', '+442079460018', 1_800_000_000_000, 0, 0, 0, end],
		],
	};

	expect(readSnapshot(written, WORKFLOW)).toEqual([call('open'), call('ended', { end })]);
});

test('ten thousand open calls fit into a megabyte, with metadata as far as there is room', () => {
	const metadata = { name: 'x'.repeat(100) };
	const callSid = (index: number) =>
		`OUT-550e8400-e29b-41d4-a716-${String(index).padStart(12, '0')}`;
	const calls = Array.from({ length: 10_000 }, (_, index) =>
		call(callSid(index), { environment: 'pre-release', metadata }),
	);
	const tracker = new CallTracker();
	for (const one of calls) tracker.add(one, one.triggeredAt);

	expect(JSON.stringify(new LiveSnapshot(tracker, WORKFLOW)).length).toBeLessThan(1_000_000);
});

test.each([undefined, null, 'text', [], { calls: 7 }, { accounts: [], environments: 1 }])(
	'anything else is no snapshot: %j',
	(written) => expect(readSnapshot(written, WORKFLOW)).toEqual([]),
);
