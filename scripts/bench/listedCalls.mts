import type { FoundConversation } from '../../nodes/shared/polyai/conversations/fetchConversation.ts';
import { outcomeOf } from '../../nodes/shared/polyai/conversations/outcome.ts';
import { readListed } from '../../nodes/shared/polyai/conversations/readListed.ts';
import type { AgentAccount } from '../../nodes/shared/polyai/account.ts';
import { agentsJune2026 } from '../../nodes/shared/polyai/versions/agentsJune2026.ts';
import type { ReadRequest, ReadResult } from '../../nodes/shared/polyai/getWithRetry.ts';
import type { Sender } from '../../nodes/shared/http/sendWithRetry.ts';
import { numbers } from './measure.mts';

/** What it takes to list many calls, as Conversation > Get Many does with Return All. */
export interface ListedCalls {
	rows: number;
	/** What comes out, counted once. */
	rowsBytes: number;
	/** The most that was alive at any time, including the page being read. */
	peakBytes: number;
}

const PAGE = 250;
/** Of a call of three minutes. */
const TURNS = 12;
const MINUTE_MS = 60_000;

const ACCOUNT: AgentAccount = {
	baseUrl: 'https://api.us.poly.ai',
	versions: [agentsJune2026('PROJECT-BENCH')],
	agent: { agentId: 'PROJECT-BENCH', platformUrl: 'https://api.us-1.platform.polyai.app' },
};

export async function measureListedCalls(rows: number): Promise<ListedCalls> {
	const phones = numbers(rows);
	const before = aliveBytes();
	let peak = before;
	const asking = async <Value,>(
		_: Sender,
		{ url, read }: ReadRequest<Value>,
	): Promise<ReadResult<Value>> => {
		const first = Number(new URL(url).searchParams.get('cursor') ?? 0);
		const body: unknown = JSON.parse(pageText(phones, first));
		const value = read(body) as Value;
		peak = Math.max(peak, aliveBytes());
		return { value };
	};
	const everything = {
		limit: Infinity,
		fits: () => true,
		lacks: () => false,
		keep: ({ conversation: one }: FoundConversation) => ({ ...one, outcome: outcomeOf(one, one) }),
	};
	const query = { to: Date.now(), environment: 'live' };
	// Not needed, as nothing is sent.
	const sender = {} as Sender;
	const items = await readListed(sender, ACCOUNT, 'ws-bench', query, everything, asking);
	const rowsBytes = aliveBytes() - before;
	peak = Math.max(peak, rowsBytes + before);
	if (items.length !== rows) throw new Error(`${items.length} of ${rows} rows came out`);
	return { rows, rowsBytes, peakBytes: peak - before };
}

/** Bytes on the heap, without garbage. */
function aliveBytes(): number {
	if (!globalThis.gc) throw new Error('Start it with --expose-gc');
	globalThis.gc();
	return process.memoryUsage().heapUsed;
}

/** As PolyAI sends it. */
function pageText(phones: string[], first: number): string {
	const last = first + PAGE;
	const conversations = phones.slice(first, last).map((phone, index) => {
		const id = first + index;
		return {
			id: `OUT-00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
			started_at: new Date(Date.now() - id * MINUTE_MS).toISOString(),
			channel: 'VOICE',
			from_number: '+12025550100',
			to_number: phone,
			in_progress: false,
			num_turns: TURNS,
			total_duration: 180,
			handoff: false,
			metrics: {
				OUTBOUND_CALL_STATUS: 'Success',
				OUTBOUND_CALL_SIP_CODE: 200,
				CALL_ANSWERED_BY: 'HUMAN',
			},
			state: {},
			turns: Array.from({ length: TURNS }, (_, turn) => ({
				user_input: `This is what person ${id} answered to the question number ${turn} of the agent.`,
				agent_response: `And this is what the agent had to say to it, before question number ${turn + 1}.`,
			})),
		};
	});
	return JSON.stringify({ conversations, cursor: last < phones.length ? String(last) : null });
}
