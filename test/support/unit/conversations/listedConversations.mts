import type { ReadResult } from '../../../../nodes/shared/polyai/getWithRetry.ts';
import { CallError } from '../../../../nodes/shared/errors/callError.ts';
import type { Conversation } from '../../../../nodes/shared/polyai/conversations/conversation.ts';
import type { ConversationPage } from '../../../../nodes/shared/polyai/conversations/listConversations.ts';

export interface ListedCall {
	callSid: string;
	start: number;
	end: number;
	/** From when on the list has it. */
	listedAt: number;
}

interface Query {
	from: number;
	to: number;
	cursor?: string;
}

/** PolyAI's list as the feed asks for it, in a time that the test sets; newest first. */
export class ListedConversations {
	readonly calls: ListedCall[] = [];
	now: number;
	pageSize = 3;
	/** Cursors count rows, so that new conversations shift the pages. */
	pagesShift = false;
	requests = 0;
	/** The request with this number, from 0, fails. */
	failsAt = Infinity;

	constructor(now: number) {
		this.now = now;
	}

	list = async ({ from, to, cursor = '' }: Query): Promise<ReadResult<ConversationPage>> => {
		if (this.requests++ >= this.failsAt) {
			return { error: new CallError('serverError', 'PolyAI had a problem'), mayPass: true };
		}
		const rows = this.calls
			.filter(({ start, listedAt }) => start >= from && start < to && listedAt <= this.now)
			.sort((a, b) => keyOf(b).localeCompare(keyOf(a)))
			.filter((call, index) => {
				if (this.pagesShift) return index >= Number(cursor);
				return cursor === '' || keyOf(call) < cursor;
			});
		const page = rows.slice(0, this.pageSize);
		const last = page.at(-1);
		return {
			value: {
				found: page.map((call) => ({ conversation: this.rowOf(call), raw: {} })),
				...(last && rows.length > page.length && { cursor: this.#cursorBehind(last, cursor) }),
			},
		};
	};

	#cursorBehind(last: ListedCall, cursor: string): string {
		return this.pagesShift ? String(Number(cursor) + this.pageSize) : keyOf(last);
	}

	hasEnded({ end }: ListedCall): boolean {
		return end <= this.now;
	}

	private rowOf(call: ListedCall): Conversation {
		const { callSid, start, end } = call;
		const startedAt = new Date(start).toISOString();
		if (!this.hasEnded(call)) return { callSid, status: 'calling', startedAt };
		return { callSid, status: 'success', startedAt, finishedAt: new Date(end).toISOString() };
	}
}

function keyOf({ start, callSid }: ListedCall): string {
	return `${start} ${callSid}`;
}
