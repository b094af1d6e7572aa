import type { IDataObject } from 'n8n-workflow';
import { callLogField } from '../../n8n/callLog/callLogField';
import { findChosenTable } from '../../n8n/dataTables/openTable';
import { environmentField } from '../../n8n/environmentField';
import { wallClock } from '../../n8n/wallClock';
import type { CallError } from '../../shared/errors/callError';
import { notFound } from '../../shared/errors/notFound';
import { CallLog, type OpenCall } from '../../shared/callLog/callLog';
import { CALL_LOG, type LogRow } from '../../shared/callLog/logRow';
import { toResult } from '../../shared/toResult';
import { keepEndedCalls } from '../keepEndedCalls';
import { findEnds } from './findEnds';
import { toCallOutput, type Poll, type Source, statusOptions } from './source';

/** By then n8n has surely taken over a poll's items. */
const TAKEN_OVER_MS = 1000;

/** How often old rows are deleted. */
const FORGET_EVERY_MS = 3_600_000;

/** Parallel requests to n8n; it has other work, too. */
const REQUESTS_AT_ONCE = 10;

/** Calls in an n8n data table (docs/design.md § 4). */
export const callLog: Source = {
	value: 'callLog',
	name: 'Call in Call Log Ended',
	action: 'On call in call log ended',
	description:
		"Calls in an n8n data table, to which PolyAI Outbound nodes add them with the option 'Call Log'",
	fields: [
		{
			...callLogField,
			required: true,
			description:
				"The data table chosen in the option 'Call Log' of PolyAI Outbound. Use each table for only one trigger.",
		},
		environmentField,
	],
	options: [...statusOptions, keepEndedCalls.field],
	noSample: notFound.endInCallLog,

	async poll(poll) {
		const { clock, random } = poll.sender;
		const { until, memory } = poll;
		const log = await openLog(poll);
		if (!log) return { ended: [] };
		const unforgotten = await forgetOld(poll, log);
		const { ended, close, refused } = await memory.log.round(log, {
			clock,
			random,
			findEnds: async (rows) => await findRowEnds(poll, rows),
			isReported: (callSid) => memory.reported.has(callSid),
			concurrency: REQUESTS_AT_ONCE,
			until,
		});
		for (const { call } of ended) memory.reported.add(call.callSid, clock.now());
		return {
			ended: ended.map(({ call, end }) => toCallOutput(end, call)),
			close: async (isReporting) => (isReporting ? void closeSoon(close) : await close()),
			refused: refused ?? unforgotten,
		};
	},

	async sample(poll) {
		const log = await openLog(poll);
		if (!log) {
			const { value } = poll.context.getNodeParameter('callLog') as { value: string };
			throw notFound.tableUntilFirstCall({ table: value });
		}
		const known = await log.latestEnd();
		if (known) return { ended: [toCallOutput(known.end, known.call)] };
		const { ended, refused } = await findRowEnds(poll, await log.openCalls());
		return { ended: ended.map(({ call, end }) => toCallOutput(end, call)), refused };
	},
};

/**
 * If a row doesn't name an environment, its call was placed in the one chosen in the node's panel.
 */
async function findRowEnds(poll: Poll, rows: readonly OpenCall[]) {
	const { environment } = poll;
	const calls = rows.map(({ row, call }) => ({ environment, ...call, rowId: row.id }));
	return await findEnds(poll, calls);
}

/** Undefined if the log is chosen by name and no call has been written to it yet. */
async function openLog({ context }: Poll): Promise<CallLog | undefined> {
	const chosen = context.getNodeParameter('callLog');
	const found = await findChosenTable<LogRow>(context, CALL_LOG, chosen);
	return found && new CallLog(found.rows);
}

/** @returns why it couldn't be done, which doesn't keep calls from being reported */
async function forgetOld({ context, memory, sender }: Poll, log: CallLog) {
	const keptFor = keepEndedCalls.read(context.getNodeParameter('options', {}) as IDataObject);
	const now = sender.clock.now();
	if (keptFor === undefined || now < memory.log.nextForgetting) return undefined;
	memory.log.nextForgetting = now + FORGET_EVERY_MS;
	const done = await toResult(async () => await log.forgetEndedBefore(now - keptFor));
	return 'error' in done ? (done.error as CallError) : undefined;
}

/** If n8n crashes first, the calls are reported again, which is better than never. */
async function closeSoon(close: () => Promise<void>): Promise<void> {
	await wallClock.sleep(TAKEN_OVER_MS);
	// The next poll closes what is left open.
	await close().catch(() => {});
}
