import type { IPollFunctions } from 'n8n-workflow';
import { restoreCalls, saveCalls, workflowIdOf } from '../../n8n/trackCalls';
import { callTracker } from '../../shared/tracking/callTracker';
import { lookAround } from '../../shared/tracking/lookAround';
import { endOf } from '../../shared/tracking/endOf';
import type { ReportedSids } from '../../shared/tracking/reportedSids';
import type { TrackedCall } from '../../shared/tracking/trackedCall';
import type { Look } from '../../shared/sending/readStatus';
import { POLL_CONCURRENCY } from '../pollLimits';
import { recallReported, saveReported } from '../reported';
import { callJson, type CallEvent, type Poll, type PollResult, type Source } from './source';

/** Calls that nodes of this n8n process have placed (design § 4). */
export const trackedCalls: Source = {
	value: 'trackedCalls',
	name: 'Tracked Calls',
	description: 'Calls that PolyAI Outbound nodes of any workflow place with the same credential',
	fields: [
		{
			displayName:
				'Only the n8n process that placed a call tracks it. With n8n in queue mode, choose Call Log.',
			name: 'trackedCallsNotice',
			type: 'notice',
			default: '',
		},
	],
	howToGetOne:
		'Place a call with a PolyAI Outbound node and the same credential, from any workflow of this n8n. When the call has ended, fetch the test event again.',

	async poll(poll, events) {
		const { context, accountKey, trigger } = poll;
		restoreCalls(context);
		const reported = recallReported(poll);
		const { clock } = poll.sender;
		callTracker.join(trigger, accountKey, reported.callSids(), clock.now());
		const refused = await look(poll);
		const calls = callTracker.toReport(trigger, accountKey);
		callTracker.reported(trigger, calls, clock.now());
		return { items: remember(context, poll, calls, reported, events), refused };
	},

	async sample(poll) {
		const { context, accountKey } = poll;
		restoreCalls(context);
		const refused = callTracker.latestEnd(accountKey) ? undefined : await look(poll);
		if (refused) throw refused;
		const call = callTracker.latestEnd(accountKey);
		return call && callJson(call);
	},
};

async function look(poll: Poll): Promise<PollResult['refused']> {
	const { sender, account, accountKey, until } = poll;
	const { clock } = sender;
	const calls = callTracker.due(accountKey, clock.now());
	const rules = { until, concurrency: POLL_CONCURRENCY };
	return await lookAround(sender, account, calls, rules, (callSid, seen) => {
		judge(callSid, seen, clock.now());
	});
}

function judge(callSid: string, look: Look, now: number): void {
	const call = callTracker.find(callSid);
	if (!call) return;
	if ('state' in look) callTracker.saw(callSid, look.state, now);
	else callTracker.sawNothing(callSid, now);
	const end = endOf(call, look, now);
	if (end) callTracker.endAs(callSid, end);
}

/** In one go, so that no other poll can come in between. */
function remember(
	context: IPollFunctions,
	poll: Poll,
	calls: readonly TrackedCall[],
	reported: ReportedSids,
	events: readonly CallEvent[],
) {
	const now = poll.sender.clock.now();
	for (const { callSid, workflowId } of calls) {
		const comesBack = workflowId !== workflowIdOf(context) || callTracker.find(callSid);
		if (comesBack) reported.add(callSid, now);
	}
	const wanted = calls.filter(({ end }) => end && events.includes(end.status));
	if (wanted.length > 0) {
		saveCalls(context);
		saveReported(context, reported);
	}
	return wanted.map(callJson);
}
