import { callLogField } from '../../n8n/callLog/callLogField';
import { openCallLog } from '../../n8n/callLog/openCallLog';
import { environmentField } from '../../n8n/environmentField';
import { wallClock } from '../../n8n/wallClock';
import { CallLog } from '../../shared/callLog/callLog';
import type { LoggedCall } from '../../shared/callLog/logRow';
import { LogWatch } from '../../shared/callLog/logWatch';
import { endOf } from '../../shared/tracking/endOf';
import type { CallEnd } from '../../shared/tracking/trackedCall';
import { POLL_CONCURRENCY } from '../pollLimits';
import { recallReported, saveReported } from '../reported';
import { lookAtGiven } from './lookAtGiven';
import { callJson, type Poll, type Source } from './source';

/** n8n has surely taken over by then what a poll has given it. */
const TAKEN_OVER_MS = 1000;

/** By trigger, when its calls were looked at. */
const watches = new Map<string, LogWatch>();

/** Calls that stand in a data table of n8n (design § 4). */
export const callLog: Source = {
	value: 'callLog',
	name: 'Call Log',
	description: 'Calls in a data table of n8n, where PolyAI Outbound nodes write them by an option',
	fields: [
		{
			...callLogField,
			required: true,
			description:
				'The data table that stands in the option Call Log of PolyAI Outbound. Use one table for one trigger.',
		},
		environmentField,
	],
	howToGetOne:
		'Place a call with PolyAI Outbound and its option Call Log. When the call has ended, fetch the test event again.',

	async poll(poll, events) {
		const { context, trigger, until, sender } = poll;
		const reported = recallReported(poll);
		const watch = watches.get(trigger) ?? new LogWatch();
		watches.set(trigger, watch);
		const { ended, close, refused } = await watch.round(await openLog(poll), {
			clock: sender.clock,
			look: async (calls, judge) => await lookAtGiven(poll, calls, judge),
			isReported: (callSid) => reported.has(callSid),
			concurrency: POLL_CONCURRENCY,
			until,
		});
		const wanted = ended.filter(({ end }) => events.includes(end.status));
		for (const { call, end } of wanted) reported.add(call.callSid, end.finishedAt);
		if (wanted.length > 0) {
			saveReported(context, reported);
			void closeSoon(close);
		} else {
			await close();
		}
		return { items: wanted.map(endJson), refused };
	},

	async sample(poll) {
		const log = await openLog(poll);
		const now = poll.sender.clock.now();
		const known = await log.latestEnd(now);
		if (known) return endJson(known);
		const open = await log.openCalls(now);
		const calls = new Map(open.map(({ call }) => [call.callSid, call]));
		let sample: { call: LoggedCall; end: CallEnd } | undefined;
		const refused = await lookAtGiven(poll, [...calls.values()], (callSid, seen) => {
			const call = calls.get(callSid) as LoggedCall;
			const end = endOf(call, seen, now);
			if (end) sample ??= { call, end };
		});
		if (refused) throw refused;
		return sample && endJson(sample);
	},
};

async function openLog({ context }: Poll): Promise<CallLog> {
	return new CallLog(await openCallLog(context, context.getNodeParameter('callLog')));
}

/** If n8n dies before, the calls are reported again: rather that than never. */
async function closeSoon(close: () => Promise<void>): Promise<void> {
	await wallClock.sleep(TAKEN_OVER_MS);
	// The next poll closes what is left open.
	await close().catch(() => {});
}

function endJson({ call, end }: { call: LoggedCall; end: CallEnd }) {
	return callJson({ ...call, account: '', end });
}
