import { notFound } from '../errors/notFound';
import type { CallStatus } from '../polyai/callStatus';
import { is, isAfter, isFilled, type Condition, type Patience } from '../dataTables/tableRows';
import { rowOf, type CallToLog, type LogTable, type StoredRow } from './logRow';

/**
 * The call log as used for placing calls (docs/design.md § 4). A row is written before its call is
 * sent, without a call SID and with the status `unknown`: it stays that way if n8n crashes before
 * PolyAI's answer arrives. A call that was certainly not placed has a row with an end and without a
 * call SID.
 */
export class PlacedRows {
	private readonly times = new Set<string>();

	constructor(private readonly table: LogTable) {}

	get tableId(): string {
		return this.table.tableId;
	}

	/**
	 * @returns the ID of the row
	 * @throws CallError when it can't be written
	 */
	async begin(call: CallToLog, patience?: Patience): Promise<number> {
		const row = rowOf({ ...call, triggeredAt: this.timeOfItsOwn(call) });
		const { executionId, phoneNumber, triggeredAt } = row;
		const marks = [
			is('executionId', executionId),
			is('phoneNumber', phoneNumber),
			is('triggeredAt', triggeredAt),
		];
		return await this.table.insert(row, marks, patience);
	}

	/**
	 * Changes the row only once, however often it's tried: a trigger may have reported the call since
	 * then.
	 *
	 * @throws CallError when it can't be written
	 */
	async accepted(
		id: number,
		{ callSid, status, triggeredAt }: { callSid: string; status: CallStatus; triggeredAt: string },
		patience?: Patience,
	): Promise<void> {
		const data = { callSid, status, triggeredAt };
		const changed = await this.table.change([is('id', id), is('callSid', null)], data, patience);
		if (changed.length > 0) return;
		const [row] = await this.table.some([is('id', id)], 1, 'id:asc');
		if (row?.callSid === callSid) return;
		throw notFound.rowOfCall();
	}

	/** @param reason why it isn't known whether the call was placed */
	async unclear(id: number, reason: string, patience?: Patience): Promise<void> {
		await this.table.change([is('id', id)], { reason }, patience);
	}

	/**
	 * Its call key is free again.
	 *
	 * @param reason why the call wasn't placed
	 */
	async notPlaced(id: number, reason: string, now: number, patience?: Patience): Promise<void> {
		const end = { status: 'failure', reason: `Not placed: ${reason}`, callKey: null };
		const finishedAt = new Date(now).toISOString();
		await this.table.change([is('id', id)], { ...end, finishedAt }, patience);
	}

	/** The first call under a key. */
	async firstWith(callKey: string): Promise<StoredRow | undefined> {
		const [row] = await this.table.some([is('callKey', callKey)], 1, 'id:asc');
		return row;
	}

	/**
	 * Calls to a number that were placed or may have been, by any workflow, the latest first.
	 *
	 * @param since milliseconds since 1970
	 * @param among only calls of which this holds as well
	 */
	async recentCalls(
		phoneNumber: string,
		since: number,
		among: Array<Condition<'id'>> = [],
	): Promise<StoredRow[]> {
		const conditions = [
			is('phoneNumber', phoneNumber),
			isAfter('triggeredAt', new Date(since).toISOString()),
			...among,
		];
		const rows = await this.table.some(conditions, LATEST_ROWS, 'triggeredAt:desc');
		return rows.filter(isPlacedOrMayBe);
	}

	/**
	 * Calls to any of these numbers that were placed or may have been, by any workflow, the latest
	 * first. Of numbers that were called very often, only some: for a first look.
	 */
	async latestCallsToAny(phoneNumbers: readonly string[]): Promise<StoredRow[]> {
		const rows: StoredRow[] = [];
		for (let from = 0; from < phoneNumbers.length; from += NUMBERS_PER_REQUEST) {
			const some = phoneNumbers.slice(from, from + NUMBERS_PER_REQUEST);
			const conditions = some.map((phoneNumber) => is('phoneNumber' as const, phoneNumber));
			rows.push(...(await this.table.some(conditions, LATEST_ROWS, 'triggeredAt:desc', 'or')));
		}
		return rows.filter(isPlacedOrMayBe);
	}

	/**
	 * Whether a call has a row, or may belong to a row that has no call SID.
	 *
	 * @param since milliseconds since 1970: what was sent before is listed by now
	 * @param own ID of a row that doesn't count
	 */
	async isAnothers(
		callSid: string,
		phoneNumber: string,
		since: number,
		own?: number,
	): Promise<boolean> {
		const [known] = await this.table.some([is('callSid', callSid)], 1, 'id:asc');
		if (known) return true;
		const unclear = [is('phoneNumber', phoneNumber), is('callSid', null), is('finishedAt', null)];
		const recent = isAfter('triggeredAt', new Date(since).toISOString());
		const rows = await this.table.some([...unclear, recent], LATEST_ROWS, 'id:desc');
		return rows.some(({ id }) => id !== own);
	}

	/** All calls to a number that a workflow has placed or may have placed, in order. */
	async callsTo(phoneNumber: string, workflowId: string): Promise<StoredRow[]> {
		const rows = await this.table.all([
			is('phoneNumber', phoneNumber),
			is('workflowId', workflowId),
		]);
		return rows.filter(isPlacedOrMayBe);
	}

	/** The executions of a workflow that wrote last. */
	async latestExecutions(workflowId: string): Promise<string[]> {
		const conditions = [is('workflowId', workflowId), isFilled('executionId')];
		const rows = await this.table.some(conditions, LATEST_ROWS, 'id:desc');
		return [...new Set(rows.map(({ executionId }) => executionId as string))];
	}

	/** Two calls to one number never share it: it's how a row is found again. */
	private timeOfItsOwn({ phoneNumber, triggeredAt }: CallToLog): number {
		let time = triggeredAt;
		while (this.times.has(`${phoneNumber} ${time}`)) time++;
		this.times.add(`${phoneNumber} ${time}`);
		return time;
	}
}

/** Whether a call has left for PolyAI: otherwise its run may still decide not to place it. */
export function wasSent({ callSid, reason }: StoredRow): boolean {
	return Boolean(callSid) || Boolean(reason);
}

/** A call that certainly wasn't placed has an end and no call SID. */
function isPlacedOrMayBe({ callSid, finishedAt }: StoredRow): boolean {
	return Boolean(callSid) || !finishedAt;
}

/** About 3 kB of a URL, of which proxies in front of n8n take 8. */
const NUMBERS_PER_REQUEST = 25;

/** n8n returns no more at once. */
const LATEST_ROWS = 250;
