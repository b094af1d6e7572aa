import { WEEKDAYS } from '../../../../nodes/shared/callingHours/callingWindow.ts';
import { CampaignLog } from '../../../../nodes/PolyAiOutbound/resources/campaign/campaignLog.ts';
import {
	rowOf as rowOfCall,
	type LogRow,
	type StoredRow,
} from '../../../../nodes/shared/callLog/logRow.ts';
import { PlacedRows } from '../../../../nodes/shared/callLog/placedRows.ts';
import { CallError } from '../../../../nodes/shared/errors/callError.ts';
import { Campaign } from '../../../../nodes/shared/campaign/campaign.ts';
import { CampaignRun } from '../../../../nodes/shared/campaign/campaignRun.ts';
import type {
	CampaignTools,
	CampaignCall,
	Claim,
} from '../../../../nodes/shared/campaign/campaignTools.ts';
import { NOT_CALLED_YET, type CampaignRow } from '../../../../nodes/shared/campaign/campaignRow.ts';
import { People } from '../../../../nodes/shared/campaign/people.ts';
import { ReportedEnds } from '../../../../nodes/shared/campaign/reportedEnds.ts';
import { TableRows } from '../../../../nodes/shared/dataTables/tableRows.ts';
import { understandNumber } from '../../../../nodes/shared/phoneNumbers/understandNumber.ts';
import type { CallRef } from '../../../../nodes/shared/polyai/versions/apiVersion.ts';
import type { StatusResult } from '../../../../nodes/shared/polyai/readStatus.ts';
import { seededRandom } from '../../../simulator/random.mts';
import { DataTable } from '../dataTable.mts';
import { senderThrough } from '../sender.mts';
import { VirtualClock } from '../virtualClock.mts';
import type { CallOfOthers, Deed, Story } from './story.mts';

const MINUTE = 60_000;
export const HOUR_MS = 60 * MINUTE;
const RETENTION_MS = 120 * MINUTE;

/** Far more than any story needs. */
const MOST_REQUESTS = 100_000;

/**
 * London, New York, Tokyo, Sydney, Berlin: numbers that belong to no one where a country has such.
 */
const NUMBERS = [
	'+442079460018',
	'+12125550123',
	'+81312345678',
	'+61255501234',
	'+4930231250',
	'+442079460019',
];

const RULES = {
	defaultCountry: '',
	numberCheck: 'possible',
	allowPremium: false,
	allowedCountries: [],
} as const;

/** A phone that rang. */
export interface Ring {
	person: string;
	phoneNumber: string;
	at: number;
	until: number;
	callSid: string;
	status: 'success' | 'failure';
	/** How the person's row stood in the moment before the request left. */
	row: CampaignRow;
	/** Its row in the call log. */
	logRow?: StoredRow;
}

/** What came out for a person. */
export interface PutOut {
	person: string;
	outcome: string;
	by: number;
}

export class World {
	readonly clock: VirtualClock;
	readonly table: DataTable<CampaignRow>;
	readonly log: DataTable;
	/** When others wrote a row into the log, by its ID. */
	readonly loggedAt = new Map<number, number>();
	readonly rings: Ring[] = [];
	readonly putOut: PutOut[] = [];
	/** When a person was stopped, with the stop written. */
	readonly stopped = new Map<string, number>();
	/** Call SIDs that were in the table: of the others n8n got no clear answer, or died before it was written. */
	readonly known = new Set<string>();
	/** How often the campaign has ended for a person, as the table showed it. */
	readonly ends = new Map<string, number>();
	/** With whom someone wanted to start over. */
	readonly startedOver = new Set<string>();
	kills = 0;
	private readonly lastStates = new Map<string, string | null>();
	private readonly processes: Process[];
	private placed = 0;
	private requests = 0;

	/** From 0 to 1, the same ones each time that a story is played. */
	readonly random: () => number;

	constructor(readonly given: Story) {
		this.random = seededRandom(given.seed);
		this.clock = new VirtualClock(Date.UTC(2026, 10, 23, given.firstHour));
		this.table = new DataTable<CampaignRow>((index) => given.faults[index] ?? 'none');
		this.log = new DataTable((index) => given.log?.faults[index] ?? 'none');
		this.processes = Array.from({ length: given.runners }, (_, index) => new Process(this, index));
		for (let index = 0; index < given.people; index++) this.table.rows.push(this.rowOf(index));
	}

	private rowOf(index: number) {
		const now = new Date(this.clock.now()).toISOString();
		return {
			id: index + 1,
			person: `person ${index}`,
			phoneNumber: NUMBERS[index] as string,
			state: 'waiting',
			outcome: null,
			attempts: '0',
			nextCallAt: now,
			callUntil: null,
			callSid: null,
			status: null,
			reason: null,
			lastCallAt: null,
			endedAt: null,
			metadata: null,
			environment: null,
			claim: null,
		};
	}

	/** Plays until everyone has ended, and everything was put out. */
	async play(): Promise<void> {
		const { everyMinutes } = this.given;
		const begin = this.clock.now();
		for (let minute = 0; minute < 40 * 24 * 60; minute += everyMinutes) {
			for (const process of this.processes) void process.begin();
			await this.clock.sleep(begin + (minute + everyMinutes) * MINUTE - this.clock.now());
			const isDone = this.table.rows.every(({ state, nextCallAt, claim }) => {
				return !claim && (state === 'ended' || (state === 'waiting' && !nextCallAt));
			});
			if (isDone) return;
		}
	}

	/** To be called after everything that may have changed the table. */
	observe(): void {
		for (const { person: name, state, callSid } of this.table.rows) {
			// Also if n8n's answer to the write is lost.
			if (callSid) this.known.add(callSid);
			const person = String(name);
			const hasEnded = state === 'ended' && this.lastStates.get(person) !== 'ended';
			if (hasEnded) this.ends.set(person, (this.ends.get(person) ?? 0) + 1);
			this.lastStates.set(person, state);
		}
	}

	/** Time passes with every request, and other people do what they do. */
	async pass(): Promise<void> {
		const { latencies, deeds, log } = this.given;
		const number = this.requests++;
		// A run that goes round and round without end: whom it should call will not have ended.
		if (number > MOST_REQUESTS) await new Promise(() => {});
		for (const one of log?.ofOthers ?? []) {
			if (one.atRequest === number) this.logCallOfOthers(one);
		}
		for (const deed of deeds) if (deed.atRequest === number) await this.do(deed);
		const ms = latencies[number % latencies.length] as number;
		if (ms > 0) await this.clock.sleep(ms);
	}

	private logCallOfOthers({ who, isPlaced }: CallOfOthers): void {
		const { phoneNumber } = this.table.rows[who % this.table.rows.length] as CampaignRow;
		const now = this.clock.now();
		// They looked at the clock before they wrote the row, at the latest in the same moment.
		const triggeredAt = now - Math.floor(this.random() * 3) * 500;
		const ids = { workflowId: OTHERS, executionId: '1' };
		const call = { phoneNumber: phoneNumber ?? '', triggeredAt, ...ids };
		const end = isPlaced ? {} : { finishedAt: new Date(now).toISOString() };
		const { id } = this.log.insert({ ...rowOfCall(call), ...end });
		this.loggedAt.set(id, now);
	}

	private async do({ who, what }: Deed): Promise<void> {
		const row = this.table.rows[who % this.table.rows.length] as CampaignRow & { id: number };
		const sender = senderThrough(this.clock, async (request) => {
			return await this.table.send(request).finally(() => this.observe());
		});
		const table = new TableRows<CampaignRow>({ baseUrl: 'http://n8n', sender }, 't');
		const people = new People(table, this.clock, this.random);
		if (what === 'startOver') {
			this.startedOver.add(String(row.person));
			const nextCallAt = new Date(this.clock.now()).toISOString();
			const anew = { ...row, ...NOT_CALLED_YET, nextCallAt };
			const { state } = await people.startOver({ ...row }, anew).catch(() => anew);
			if (state === 'waiting') this.stopped.delete(String(row.person));
		}
		if (what === 'stop') {
			const isStopped = await people.stop({ ...row }).catch(() => false);
			if (isStopped) this.stopped.set(String(row.person), this.clock.now());
		}
		if (what === 'editAttempts') row.attempts = 'three';
		if (what === 'editState' && row.state === 'calling') row.state = 'waiting';
		// As n8n's editor empties a cell.
		if (what === 'clearClaim' && row.state === 'calling') row.claim = '';
		if (what === 'editNextCallAt') row.nextCallAt = row.nextCallAt && 'soon';
		if (what === 'setDeadline')
			row.callUntil = new Date(this.clock.now() + 30 * MINUTE).toISOString();
	}

	/** What PolyAI makes of a call whose request has left. */
	async place(call: CampaignCall, claim: () => Promise<unknown>, request: () => Promise<void>) {
		await claim();
		const { calls } = this.given;
		const number = this.placed++;
		const { answer, minutes, status } = calls[number] ?? AFTERWARDS;
		if (answer === 'twiceThenAccepted') {
			await this.clock.sleep(20_000);
			await claim();
		}
		if (answer === 'rateLimited') throw new CallError('rateLimited', 'Slow down');
		if (answer === 'refused') throw new CallError('badRequest', 'Not this one');
		await request();
		const callSid = `SID-${number}`;
		const { phoneNumber } = call.number;
		const row = this.table.rows.find((one) => one.phoneNumber === phoneNumber) as CampaignRow;
		const [at, person] = [this.clock.now(), String(row.person)];
		if (answer !== 'unclearAndSilent') {
			const until = at + minutes * MINUTE;
			this.rings.push({
				...{ person, phoneNumber, at, until, callSid },
				status,
				row: { ...row },
				logRow: this.log.rows.findLast((one) => {
					return one.phoneNumber === phoneNumber && one.workflowId !== OTHERS;
				}),
			});
		}
		await request();
		if (answer.startsWith('unclear')) throw new CallError('outcomeUnknown', 'Nobody knows');
		return { callSid, status: 'queued' as const };
	}

	async readStatus({ callSid }: CallRef): Promise<StatusResult> {
		const ring = this.rings.find((one) => one.callSid === callSid);
		const now = this.clock.now();
		if (!ring || now > ring.until + RETENTION_MS) {
			return { error: new CallError('notFound', 'Unknown'), mayPass: false };
		}
		return { state: { status: now >= ring.until ? ring.status : 'calling' } };
	}
}

/** Their workflow. */
export const OTHERS = 'others';

/** All goes well once the story's own calls have been used up. */
const AFTERWARDS = { answer: 'accepted', minutes: 1, status: 'success' } as const;

/** One n8n process that runs the campaign every so often. */
class Process {
	private reported = new ReportedEnds('t');
	private requests = 0;
	private runs = 0;
	private life = 0;
	private isRunning = false;

	constructor(
		private readonly world: World,
		private readonly index: number,
	) {}

	/** A run; it begins also while the one before goes on in another process, but not in the same. */
	async begin(): Promise<void> {
		if (this.isRunning) return;
		this.isRunning = true;
		const life = this.life;
		await this.run().catch(() => {});
		if (life === this.life) this.isRunning = false;
	}

	/** To be awaited with every request: one of them is the last of a process that is killed. */
	async request(life: number): Promise<void> {
		if (life !== this.life) await new Promise(() => {});
		const { kills } = this.world.given;
		const number = this.requests++;
		await this.world.pass();
		if (life !== this.life) await new Promise(() => {});
		if (!kills.some(({ runner, atRequest }) => runner === this.index && atRequest === number))
			return;
		this.life++;
		this.world.kills++;
		this.isRunning = false;
		this.reported = new ReportedEnds('t');
		await new Promise(() => {});
	}

	private async run(): Promise<void> {
		const { world, life } = this;
		const { clock, given } = world;
		const sender = senderThrough(clock, async (request) => {
			await this.request(life);
			const answer = await world.table.send(request).finally(() => world.observe());
			await this.request(life);
			return answer;
		});
		const table = new TableRows<CampaignRow>({ baseUrl: 'http://n8n', sender }, 't');
		const until = clock.now() + given.runForSeconds * 1000;
		const log = this.openLog(life);
		const place = async (call: CampaignCall, before: () => Promise<void>) => {
			return await world.place(call, before, async () => await this.request(life));
		};
		const takeAndCheckHours = async ({ take, checkHours }: Claim) => {
			await take();
			checkHours();
		};
		const tools: CampaignTools = {
			clock,
			random: world.random,
			readNumber: (phoneNumber) => understandNumber(phoneNumber, RULES),
			calledLately: async (calls) => (await log?.calledLately(calls)) ?? calls.map(() => undefined),
			async place(call, claim) {
				if (!log) return await place(call, async () => await takeAndCheckHours(claim));
				return await log.place(call, claim, async (before) => await place(call, before));
			},
			readStatus: async (call) => await world.readStatus(call),
			hasReached: async (_, { status }) => status === 'success',
			reported: this.reported,
		};
		const rules = {
			window: { ...given.window, days: WEEKDAYS },
			maxAttempts: given.maxAttempts,
			tryAgainAfter: given.tryAgainAfter,
			maxLiveCalls: given.maxLiveCalls,
			until,
			pollIntervalMs: 20_000,
			concurrency: 3,
		};
		const run = new CampaignRun(new Campaign(table, clock, world.random), rules, tools);
		await run.run().catch(() => {});
		await log?.problems();
		await this.request(life);
		for (const { person, outcome } of run.putOut()) {
			world.putOut.push({ person: String(person), outcome: String(outcome), by: this.index });
		}
		await this.request(life);
		await run.close();
	}

	private openLog(life: number): CampaignLog | undefined {
		const { world } = this;
		const { clock, given } = world;
		if (!given.log) return undefined;
		const send: DataTable['send'] = async (request) => {
			await this.request(life);
			const answer = await world.log.send(request);
			await this.request(life);
			return answer;
		};
		const api = { baseUrl: 'http://n8n', sender: senderThrough(clock, send) };
		const rows = new PlacedRows(new TableRows<LogRow>(api, 'log'));
		const ids = { workflowId: 'ours', executionId: `${this.index} ${this.runs++}` };
		return new CampaignLog(
			async () => await Promise.resolve(rows),
			{ clock, ...ids },
			given.log.notCalledWithin * HOUR_MS,
		);
	}
}
