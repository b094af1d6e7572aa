import type { IDataObject } from 'n8n-workflow';
import { callLogField } from '../../n8n/callLog/callLogField';
import { findChosenTable } from '../../n8n/dataTables/openTable';
import { environmentField } from '../../n8n/environmentField';
import { wallClock } from '../../n8n/wallClock';
import { CallError } from '../../shared/callError';
import { CallLog } from '../../shared/callLog/callLog';
import { CALL_LOG, type LogRow } from '../../shared/callLog/logRow';
import { LogWatch } from '../../shared/callLog/logWatch';
import { settle } from '../../shared/settle';
import type { TriggerMemory } from '../../shared/tracking/triggerMemory';
import { keepEndedCalls } from '../keepEndedCalls';
import { lookAtGiven } from './lookAtGiven';
import { callJson, type Poll, type Source } from './source';

/** n8n has surely taken over by then what a poll has given it. */
const TAKEN_OVER_MS = 1000;

/** Old rows are deleted so often. */
const FORGET_EVERY_MS = 3_600_000;

/** Requests to n8n: it has other work, too. */
const REQUESTS_AT_ONCE = 10;

/** By trigger, when old rows are deleted the next time. Milliseconds since 1970 */
const nextForgetting = new WeakMap<TriggerMemory, number>();

const watches = new WeakMap<TriggerMemory, LogWatch>();

/** Calls that stand in a data table of n8n (design § 4). */
export const callLog: Source = {
	value: 'callLog',
	name: 'Call in Call Log Ended',
	action: 'On call in the call log ended',
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
		const { until, sender, memory } = poll;
		const { reported, watch } = memory;
		const rows = watches.get(memory) ?? new LogWatch();
		watches.set(memory, rows);
		const log = await openLog(poll);
		if (!log) return { items: [] };
		const unforgotten = await forgetOld(poll, log);
		const { ended, close, refused } = await rows.round(log, {
			clock: sender.clock,
			random: sender.random,
			watch,
			look: async (calls, judge) => await lookAtGiven(poll, calls, judge),
			isReported: (callSid) => reported.has(callSid),
			concurrency: REQUESTS_AT_ONCE,
			until,
		});
		const wanted = ended.filter(({ end }) => events.includes(end.status));
		for (const { call } of wanted) reported.add(call.callSid, sender.clock.now());
		if (wanted.length === 0) await close();
		return {
			items: wanted.map(({ call, end }) => callJson(end, call)),
			handOver: () => void closeSoon(close),
			refused: refused ?? unforgotten,
		};
	},

	async sample(poll) {
		const log = await openLog(poll);
		if (!log) throw noTableYet(poll);
		const known = await log.latestEnd();
		if (known) return callJson(known.end, known.call);
		const open = await log.openCalls();
		let sample: IDataObject | undefined;
		const calls = open.map(({ call }) => call);
		const refused = await lookAtGiven(poll, calls, (call, seen) => {
			const end = poll.memory.watch.judge(call, seen, poll.sender.clock.now());
			if (end) sample ??= callJson(end, call);
		});
		if (refused) throw refused;
		return sample;
	},
};

/** Nothing while no call was written yet into a log that is chosen by its name. */
async function openLog({ context }: Poll): Promise<CallLog | undefined> {
	const chosen = context.getNodeParameter('callLog');
	const found = await findChosenTable<LogRow>(context, CALL_LOG, chosen);
	return found && new CallLog(found.rows);
}

/** @returns why it could not be done, which is no reason not to report calls */
async function forgetOld(
	{ context, memory, sender }: Poll,
	log: CallLog,
): Promise<CallError | undefined> {
	const keptFor = keepEndedCalls.read(context.getNodeParameter('options', {}) as IDataObject);
	const now = sender.clock.now();
	if (keptFor === undefined || now < (nextForgetting.get(memory) ?? 0)) return undefined;
	nextForgetting.set(memory, now + FORGET_EVERY_MS);
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
