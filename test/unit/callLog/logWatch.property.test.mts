import * as fc from 'fast-check';
import { CallLog, type OpenCall } from '../../../nodes/shared/callLog/callLog.ts';
import type { LogRow } from '../../../nodes/shared/callLog/logRow.ts';
import { TableRows } from '../../../nodes/shared/dataTables/tableRows.ts';
import { LogWatch, type Round } from '../../../nodes/shared/callLog/logWatch.ts';
import { PlacedRows } from '../../../nodes/shared/callLog/placedRows.ts';
import { CallError } from '../../../nodes/shared/errors/callError.ts';
import { RateLimiter } from '../../../nodes/shared/http/rateLimiter.ts';
import { ReportedSids } from '../../../nodes/shared/tracking/reportedSids.ts';
import { PollSchedule } from '../../../nodes/shared/tracking/pollSchedule.ts';
import type { StatusResult } from '../../../nodes/shared/polyai/readStatus.ts';
import { DataTable, type TableFault } from '../../support/unit/dataTable.mts';

/** As in tracking/everyEndOnce.property.test.mts. */
const { SEED = '20261126' } = process.env;
const RUNS = Number(process.env.RUNS ?? 500);

jest.setTimeout(60_000 + RUNS * 50);

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 24, 12);

/** When n8n dies in a poll: before it took the items over, or after it did and before we close. */
const death = fc.constantFrom('none', 'none', 'beforeTakeOver', 'afterTakeOver');

const step = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ kind: fc.constant('place' as const) }) },
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('end' as const),
			which: fc.nat({ max: 20 }),
			as: fc.constantFrom('success' as const, 'failure' as const, 'forgotten' as const),
		}),
	},
	{ weight: 6, arbitrary: fc.record({ kind: fc.constant('poll' as const), death }) },
	/** Two mains, or a poll that n8n runs twice. */
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('pollTwice' as const) }) },
	/** A person empties cells of a row. */
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constant('edit' as const),
			which: fc.nat({ max: 20 }),
			cell: fc.constantFrom('status', 'reason', 'triggeredAt', 'phoneNumber', 'metadata'),
			value: fc.constantFrom('', null, 'something'),
		}),
	},
	fc.record({ kind: fc.constant('restart' as const) }),
	fc.record({
		kind: fc.constant('clock' as const),
		minutes: fc.constantFrom(1, 3, 10, 60, 119, 180, 1500),
	}),
);

const fault = fc.oneof(
	{ weight: 12, arbitrary: fc.constant<TableFault>('none') },
	fc.constantFrom<TableFault>('lostBefore', 'lostAfter', { status: 503 }, { status: 400 }),
);

interface ModelCall {
	callSid: string;
	triggeredAt: number;
	end?: 'success' | 'failure' | 'forgotten';
}

/** The trigger, its table, what n8n has on disk, and the truth that only PolyAI knows. */
class World {
	readonly calls: ModelCall[] = [];
	readonly reports: string[] = [];
	/** From here on every request to n8n is answered. */
	isCalm = false;
	readonly table: DataTable;
	#now = START;
	#watch = new LogWatch();
	#reported = new ReportedSids();
	#disk = '{}';
	#looks = new PollSchedule();
	#marks = 0;

	constructor(faults: TableFault[]) {
		this.table = new DataTable((index) => {
			return this.isCalm ? 'none' : (faults[index % faults.length] ?? 'none');
		});
	}

	readonly #clock = {
		now: () => this.#now,
		sleep: async (ms: number) => void (this.#now += ms),
	};

	pass(minutes: number): void {
		this.#now += minutes * MINUTE;
	}

	async place(): Promise<void> {
		const callSid = `SID-${this.calls.length}`;
		const triggeredAt = this.#now;
		this.calls.push({ callSid, triggeredAt });
		const placing = { phoneNumber: '+442079460018', workflowId: 'w', executionId: '1' };
		const rows = new PlacedRows(this.#table());
		const id = await rows.begin({ triggeredAt, ...placing });
		const at = new Date(triggeredAt).toISOString();
		await rows.accepted(id, { callSid, status: 'queued', triggeredAt: at });
	}

	async poll(dies: string, schedule = this.#watch): Promise<void> {
		const round = await this.#round(schedule);
		if (!round || dies === 'beforeTakeOver') return this.restart();
		for (const { call, end } of round.ended) {
			this.reports.push(call.callSid);
			this.#reported.add(call.callSid, end.finishedAt);
		}
		if (round.ended.length > 0) this.#disk = JSON.stringify(this.#reported);
		if (dies === 'afterTakeOver') return this.restart();
		await round.close().catch(() => {});
	}

	restart(): void {
		this.#watch = new LogWatch();
		this.#looks = new PollSchedule();
		this.#reported = new ReportedSids();
		this.#reported.restore(JSON.parse(this.#disk));
	}

	/** Nothing when the log could not be read; that is a failed poll and no more. */
	async #round(schedule: LogWatch): Promise<Round | undefined> {
		const rules = {
			clock: this.#clock,
			random: () => ++this.#marks / 1e9,
			concurrency: 3,
			until: this.#now + 20_000,
			isReported: (callSid: string) => this.#reported.has(callSid),
			findEnds: async (open: OpenCall[]) => {
				const calls = open.map(({ row, call }) => ({ ...call, rowId: row.id }));
				this.#looks.keepOnly(calls.map(({ callSid }) => callSid));
				const ended = this.#looks.due(calls, this.#now).flatMap((call) => {
					const end = this.#looks.applyStatus(call, this.#lookAt(call.callSid), this.#now);
					return end ? [{ call, end }] : [];
				});
				return { ended };
			},
		};
		return await schedule.round(new CallLog(this.#table()), rules).catch((error: unknown) => {
			if (error instanceof CallError) return undefined;
			throw error;
		});
	}

	#lookAt(callSid: string): StatusResult {
		const end = this.calls.find((call) => call.callSid === callSid)?.end;
		if (end !== 'forgotten') return { state: { status: end ?? 'calling' } };
		return { error: new CallError('notFound', 'PolyAI does not know it'), mayPass: false };
	}

	#table(): TableRows<LogRow> {
		const sender = {
			send: this.table.send,
			limit: async <Value,>(task: () => Promise<Value>) => await task(),
			clock: this.#clock,
			random: () => 0.5,
			rateLimiter: new RateLimiter(this.#clock, 0),
			timeoutMs: 1000,
		};
		return new TableRows<LogRow>({ baseUrl: 'http://n8n.example', sender }, 'table');
	}
}

/** A claim whose owner died, and two that find it at once. */
const ABANDONED = [
	{ kind: 'place' as const },
	{ kind: 'end' as const, which: 0, as: 'success' as const },
	{ kind: 'poll' as const, death: 'beforeTakeOver' as const },
	{ kind: 'clock' as const, minutes: 3 as const },
	{ kind: 'pollTwice' as const },
];

test('whatever happens in between, every call that ends is reported once', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(step, { maxLength: 40 }),
			fc.array(fault, { minLength: 1, maxLength: 12 }),
			async (steps, faults) => {
				const world = new World(faults);
				for (const one of steps) {
					if (one.kind === 'place') await world.place().catch(() => {});
					if (one.kind === 'clock') world.pass(one.minutes);
					if (one.kind === 'restart') world.restart();
					if (one.kind === 'poll') await world.poll(one.death);
					if (one.kind === 'pollTwice') {
						await Promise.all([world.poll('none'), world.poll('none', new LogWatch())]);
					}
					const row = one.kind === 'edit' ? world.table.rows[one.which] : undefined;
					if (row && one.kind === 'edit') Object.assign(row, { [one.cell]: one.value });
					const call = one.kind === 'end' ? world.calls[one.which] : undefined;
					if (call && one.kind === 'end') call.end ??= one.as;
				}
				world.isCalm = true;
				for (const call of world.calls) call.end ??= 'success';
				for (let round = 0; round < 8; round++) {
					world.pass(150);
					await world.poll('none');
				}
				const rows = world.table.rows.filter(({ callSid }) => callSid !== null);
				const sids = rows.map(({ callSid }) => callSid);
				expect([...world.reports].sort()).toEqual([...sids].sort());
				expect(new Set(sids).size).toBe(sids.length);
				const open = rows.filter(({ finishedAt }) => finishedAt === null);
				expect(open).toEqual([]);
			},
		),
		{ numRuns: RUNS, seed: Number(SEED), examples: [[ABANDONED, ['none']]] },
	);
});
