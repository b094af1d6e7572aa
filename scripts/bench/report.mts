import { POLL_BUDGET_MS } from '../../nodes/PolyAiOutboundTrigger/pollLimits.ts';
import { MOST_SAVED_BYTES, MOST_TRACKED_BYTES } from '../../nodes/shared/tracking/bounds.ts';
import { MOST_IN_FLIGHT } from '../../nodes/shared/tracking/adaptiveConcurrency.ts';
import type { CampaignCost } from './campaign.mts';
import type { ListedCalls } from './listedCalls.mts';
import { CONCURRENCY, type Measurement } from './measure.mts';
import type { OpenCalls } from './openCalls.mts';
import type { NumberCost } from './phoneNumbers.mts';

export interface Measured {
	measurements: Measurement[];
	/** By number of items. */
	bareSeconds: Map<number, number>;
	/** By node, how often the phone of each of three people rang. */
	rung: Record<string, number[]>;
	openCalls: OpenCalls;
	campaign: CampaignCost;
	listedCalls: ListedCalls;
	phoneNumbers: NumberCost[];
}

/** The page docs/benchmarks.md: what was measured, next to what it can be compared with. */
export function report(
	{ measurements, bareSeconds, rung, openCalls, campaign, listedCalls, phoneNumbers }: Measured,
	latencyMs: number,
	n8nVersion: string,
): string {
	const rows = measurements.map((one) => {
		const ideal = (one.items * latencyMs) / CONCURRENCY / 1000;
		const isOurs = one.contender !== 'HTTP Request';
		return [
			one.items.toLocaleString('en'),
			one.contender,
			`${one.seconds.toFixed(1)} s`,
			isOurs ? `${(one.seconds / ideal).toFixed(2)} ×` : '–',
			isOurs ? `${(one.seconds / (bareSeconds.get(one.items) ?? NaN)).toFixed(2)} ×` : '–',
			String(one.mostInFlight),
			`${one.cpuMsPerItem.toFixed(2)} ms`,
			`${Math.round(one.peakBytes / 1e6)} MB`,
		];
	});
	const rungRows = Object.entries(rung).map(([contender, times]) => [
		contender,
		String(times.reduce((sum, one) => sum + one, 0)),
		String(times.filter((one) => one > 1).length),
	]);
	return `# Benchmarks

PolyAI Outbound compared with n8n's own HTTP Request node: the same n8n ${n8nVersion}, the same simulator, the
same run. To repeat it, use \`npm run bench\`, which writes this page. Times differ from machine to machine;
what counts is the comparison within a table.

## Many calls

Every answer takes ${latencyMs} ms. PolyAI Outbound has *Max Concurrency* ${CONCURRENCY}; the HTTP Request node sends
everything at once. The ideal is items × latency ÷ concurrency. The bare client is a Node.js script
without n8n that sends the same requests, as many at once. CPU and memory are those of the whole n8n
process. With crash marks off, the node can't record whom it is about to call: the difference is what the marks cost.
Up to 1,000 items, the median of five runs is shown.

${table(['items', 'node', 'time', 'of the ideal', 'of a bare client', 'requests in flight at most', 'CPU per item', 'peak memory'], rows)}

## A request gets no answer

Three people, "Retry On Fail" with three tries, and one request whose answer never comes,
although the phone rings.

${table(['node', 'times a phone rang', 'people called more than once'], rungRows)}

## Many calls that have not ended

A workflow with ${openCalls.calls.toLocaleString('en')} open calls and a PolyAI Outbound Trigger (*Tracked Call Ended*), where every answer
takes ${openCalls.latencyMs} ms. A poll has up to ${MOST_IN_FLIGHT} requests in flight, reads as many statuses as its time allows, and the next
one continues from there. CPU is that of the whole n8n process.

${table(
	['', 'measured', 'limit'],
	[
		[
			'memory that the calls take',
			`${(openCalls.memoryBytes / 1e6).toFixed(1)} MB`,
			`${MOST_TRACKED_BYTES / 1e6} MB`,
		],
		[
			'static data of the workflow',
			`${Math.round(openCalls.staticDataBytes / 1e3)} kB`,
			`${(MOST_SAVED_BYTES / 1e3).toLocaleString('en')} kB`,
		],
		['one poll', `${openCalls.pollSeconds.toFixed(1)} s`, `${POLL_BUDGET_MS / 1000} s`],
		['statuses read in it', openCalls.looks.toLocaleString('en'), '–'],
		['CPU per status', `${openCalls.cpuMsPerLook.toFixed(2)} ms`, '–'],
	],
)}

## A campaign with many people

A data table with ${campaign.people.toLocaleString('en')} people. A run with no one due, and one with ${campaign.due} people due and *Calls per
Minute* ${campaign.callsPerMinute}, which is also the pace that it can keep at best. CPU is that of the whole n8n process.

${table(
	['', 'measured', 'limit'],
	[
		['requests to n8n, no one due', String(campaign.idleRequests), '3'],
		['CPU, no one due', `${Math.round(campaign.idleCpuMs)} ms`, '200 ms'],
		[
			`${campaign.due} calls`,
			`${campaign.seconds.toFixed(1)} s, ${(campaign.seconds / bestOf(campaign)).toFixed(2)} × the pace`,
			'1.20 ×',
		],
	],
)}

## Listing many calls

*Conversation → Get Many* with *Return All*, for three-minute calls with their transcripts: how much is in memory at
most while the node reads page after page, compared with what comes out at the end.

${table(['calls', 'what comes out', 'in memory at most', 'ratio'], [listedRow(listedCalls)])}

## Reading a phone number

CPU time for one number with every reading of the cell, compared with what libphonenumber alone takes for the same
fields without checking what else the cell could mean.

${table(['written', 'with every reading', 'libphonenumber alone', 'ratio'], phoneNumbers.map(numberRow))}
`;
}

/** Seconds from the first to the last call at the pace. */
function bestOf({ due, callsPerMinute }: CampaignCost): number {
	return ((due - 1) * 60) / callsPerMinute;
}

function listedRow({ rows, rowsBytes, peakBytes }: ListedCalls): string[] {
	const sizes = [rowsBytes, peakBytes].map((bytes) => `${(bytes / 1e6).toFixed(1)} MB`);
	return [rows.toLocaleString('en'), ...sizes, (peakBytes / rowsBytes).toFixed(2)];
}

function numberRow({ written, ours, libphonenumber }: NumberCost): string[] {
	const costs = [ours, libphonenumber].map((cost) => `${cost.toFixed(1)} µs`);
	return [written, ...costs, (ours / libphonenumber).toFixed(2)];
}

function table(columns: string[], rows: string[][]): string {
	const lines = [columns, columns.map(() => '---'), ...rows];
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
