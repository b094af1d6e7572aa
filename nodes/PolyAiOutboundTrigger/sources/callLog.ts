import type { IDataObject } from 'n8n-workflow';
import { callLogField } from '../../n8n/callLog/callLogField';
import { findCallLog } from '../../n8n/callLog/openCallLog';
import { environmentField } from '../../n8n/environmentField';
import { wallClock } from '../../n8n/wallClock';
import { CallError } from '../../shared/callError';
import { CallLog } from '../../shared/callLog/callLog';
import type { LoggedCall } from '../../shared/callLog/logRow';
import { LogWatch } from '../../shared/callLog/logWatch';
import { settle } from '../../shared/settle';
import { endOf } from '../../shared/tracking/endOf';
import type { CallEnd } from '../../shared/tracking/trackedCall';
import { keepEndedCalls } from '../keepEndedCalls';
import { POLL_CONCURRENCY } from '../pollLimits';
import { recallReported, saveReported } from '../reported';
import { lookAtGiven } from './lookAtGiven';
import { callJson, type Poll, type Source } from './source';

/** n8n has surely taken over by then what a poll has given it. */
const TAKEN_OVER_MS = 1000;

/** Old rows are deleted so often. */
const FORGET_EVERY_MS = 3_600_000;

/** By trigger, when old rows are deleted the next time. Milliseconds since 1970 */
const nextForgetting = new Map<string, number>();

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
		const log = await openLog(poll);
		if (!log) return { items: [] };
		const unforgotten = await forgetOld(poll, log);
		const { ended, close, refused } = await watch.round(log, {
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
		return { items: wanted.map(endJson), refused: refused ?? unforgotten };
	},

	async sample(poll) {
		const log = await openLog(poll);
		if (!log) throw noTableYet(poll);
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

/** Nothing while no call was written yet into a log that is chosen by its name. */
async function openLog({ context }: Poll): Promise<CallLog | undefined> {
	const table = await findCallLog(context, context.getNodeParameter('callLog'));
	return table && new CallLog(table);
}

/** @returns why it could not be done, which is no reason not to report calls */
async function forgetOld(
	{ context, trigger, sender }: Poll,
	log: CallLog,
): Promise<CallError | undefined> {
	const keptFor = keepEndedCalls.read(context.getNodeParameter('options', {}) as IDataObject);
	const now = sender.clock.now();
	if (keptFor === undefined || now < (nextForgetting.get(trigger) ?? 0)) return undefined;
	nextForgetting.set(trigger, now + FORGET_EVERY_MS);
	const done = await settle(async () => await log.forgetEndedBefore(now - keptFor));
	return 'error' in done ? (done.error as CallError) : undefined;
}

function noTableYet({ context }: Poll): CallError {
	const { value } = context.getNodeParameter('callLog') as { value: string };
	return new CallError('notFound', `There is no data table “${value}” yet`, {
		description:
			'It is made with the first call that PolyAI Outbound writes into it. Check that the name is the same in both nodes.',
	});
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
