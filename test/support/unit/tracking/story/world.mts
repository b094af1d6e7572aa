import { LOOKED_BACK_MS } from '../../../../../nodes/shared/tracking/bounds.ts';
import { CallTracker } from '../../../../../nodes/shared/tracking/callTracker.ts';
import type { TriggerMemory } from '../../../../../nodes/shared/tracking/triggerMemory.ts';
import type { EndedCall } from '../../../../../nodes/shared/tracking/trackedCall.ts';
import { PolyAi, type Call } from './polyAi.mts';
import type { Step, Story } from './story.mts';

const MINUTE = 60_000;

/** Of this workflow n8n saves nothing of ours, since another trigger there remembers something. */
const CROWDED = 2;

/** A trigger as the person and n8n see it, and what it has reported. */
export interface Trigger {
	id: number;
	workflow: number;
	isFiltered: boolean;
	isOn: boolean;
	/** The next poll is the first of a registration. */
	registration?: 'activate' | 'init';
	/** What ended before wasn't its matter; the latest of its publications counts. */
	since: number;
	reports: Array<{ callSid: string; status: string; since: number }>;
	/** The same, as far as n8n hasn't lost it in a restart. */
	knownSince: number;
	/** Its credentials, one after the other. */
	credentials: Set<string>;
	/** Reports that a crash has cut off before n8n had them. */
	cut: Set<string>;
	/** n8n's own table with durable cursors. */
	cursor: string;
	/** Calls of which an earlier process may have seen an end that is left out. */
	doubted: Set<string>;
}

/** As a trigger's memory is saved. */
interface Saved {
	account?: string;
	since?: number;
	former?: Record<string, number>;
}

/** n8n with its database and processes, PolyAI, and what a person would have seen. */
export class World {
	readonly polyAi: PolyAi;
	readonly triggers: Trigger[];
	now = Date.UTC(2026, 10, 23, 12);
	/** Calls that this process of n8n can know, by what was placed in it and what was on its disk. */
	known = new Set<string>();
	#tracker = new CallTracker();
	#disk = ['{}', '{}', '{}'];
	/** Of each workflow, what was on disk when this process began, until it is read. */
	#unread = new Map<number, string>();
	#credential = 'credential 0';

	constructor(private readonly story: Story) {
		this.polyAi = new PolyAi(story);
		this.triggers = story.triggers.map((given, id) => ({
			...{ ...given, id, isOn: false, since: this.now, reports: [] },
			credentials: new Set<string>(),
			knownSince: -Infinity,
			...{ cut: new Set<string>(), cursor: 'null', doubted: new Set<string>() },
		}));
		for (const [id, { isOn }] of story.triggers.entries()) {
			if (isOn) this.publish(this.triggers[id] as Trigger);
		}
	}

	take(step: Step): void {
		const trigger = 'trigger' in step ? this.triggers[step.trigger] : undefined;
		if (step.kind === 'place') this.#place(step);
		if (step.kind === 'poll' && trigger?.isOn) this.poll(trigger, step.crashes);
		if (step.kind === 'clock') this.now += step.minutes * MINUTE;
		if (step.kind === 'restart') this.#restart();
		if (step.kind === 'switchOff' && trigger) trigger.isOn = false;
		if (step.kind === 'publish' && trigger) this.publish(trigger);
		if (step.kind === 'newCredential') this.#credential = `credential at ${this.now}`;
		if (step.kind === 'answers') this.polyAi.answers = step.how;
		if (step.kind === 'siblingSaves') this.#siblingSaves(step.workflow);
	}

	publish(trigger: Trigger): void {
		if (trigger.isOn) return;
		const isNew = this.#memoryOf(trigger).polledAt === undefined;
		trigger.isOn = true;
		trigger.since = Math.max(trigger.since, this.now - (isNew ? 0 : LOOKED_BACK_MS));
		trigger.knownSince = trigger.since;
		trigger.registration = 'activate';
		this.poll(trigger, false);
	}

	poll(trigger: Trigger, crashes: boolean): void {
		const { now, story } = this;
		this.#recall(trigger.workflow);
		const memory = this.#memoryOf(trigger);
		if (story.engine === 'C') memory.catchUpWith(JSON.parse(trigger.cursor));
		if (trigger.registration === 'activate') memory.published(true, now);
		trigger.registration = undefined;
		memory.polls(this.#credential, now);
		trigger.credentials.add(this.#credential);
		for (const call of this.#tracker.due(memory, now)) {
			this.#tracker.applyStatus(call, this.polyAi.look(call.callSid, now), now);
		}
		const ended = this.#tracker.toReport(memory);
		for (const { callSid } of ended) memory.reported.add(callSid, now);
		const wanted = ended.filter((call) => this.#isWanted(trigger, call));
		if (crashes) {
			for (const { callSid } of wanted) trigger.cut.add(callSid);
			return this.#restart();
		}
		const news = wanted.map(({ callSid, end }) => ({
			...{ callSid, status: end.status, since: trigger.knownSince },
		}));
		trigger.reports.push(...news);
		if (story.engine === 'C') trigger.cursor = JSON.stringify(memory.save());
		if (wanted.length > 0) this.#save(trigger.workflow);
	}

	/** As the source for tracked calls decides it. */
	#isWanted(trigger: Trigger, call: EndedCall): boolean {
		if (!trigger.isFiltered) return true;
		if (call.end.status === 'success') return false;
		const isLeftOut = this.story.engine !== 'C' && this.#tracker.isDoubtful(call);
		if (isLeftOut) trigger.doubted.add(call.callSid);
		return !isLeftOut;
	}

	#place({ workflow, count, minutes, crashes }: Step & { kind: 'place' }): void {
		this.#recall(workflow);
		const placing = {
			phoneNumber: '+442079460018',
			executionId: '1',
			workflowId: String(workflow),
		};
		for (let index = 0; index < count; index++) {
			const { callSid } = this.polyAi.place(this.#credential, this.now, minutes + index);
			const call = { callSid, triggeredAt: this.now, account: this.#credential, ...placing };
			this.#tracker.add(call, this.now);
			this.known.add(callSid);
		}
		if (crashes) return this.#restart();
		if (this.#tracker.isAwaited(this.#credential, this.now)) this.#save(workflow);
	}

	/** n8n saves what the whole workflow remembers as it is at that moment. */
	#save(workflow: number): void {
		if (workflow === CROWDED) return;
		this.#disk[workflow] = JSON.stringify(this.#tracker.save(String(workflow), this.now));
	}

	/** Another trigger of the workflow writes its copy, in which our part is as it is now. */
	#siblingSaves(workflow: number): void {
		const isHere = this.triggers.some((one) => {
			return one.workflow === workflow && one.isOn && !one.registration;
		});
		if (isHere && this.story.engine === 'A') this.#save(workflow);
	}

	#restart(): void {
		this.#tracker = new CallTracker();
		this.known = new Set();
		this.#unread = new Map(this.#disk.entries());
		const published = this.triggers.filter(({ isOn }) => isOn);
		for (const trigger of published) trigger.registration = 'init';
		for (const trigger of this.triggers) this.#remember(trigger);
		for (const trigger of published) this.poll(trigger, false);
	}

	/** What n8n has saved of a trigger: nothing, while it has reported nothing. */
	#remember(trigger: Trigger): void {
		const { workflow, id, cursor } = trigger;
		const disk = JSON.parse(this.#disk[workflow] as string) as { triggers?: Saved[] };
		const saved = [disk.triggers?.[id] ?? {}, (JSON.parse(cursor) as Saved | null) ?? {}];
		trigger.credentials = new Set(
			saved.flatMap(({ account = [], former = {} }) => [account, Object.keys(former)].flat()),
		);
		trigger.knownSince = Math.max(...saved.map(({ since = -Infinity }) => since));
	}

	#recall(workflow: number): void {
		const unread = this.#unread.get(workflow);
		this.#unread.delete(workflow);
		if (unread === undefined && this.story.engine === 'A') return;
		const saved = JSON.parse(unread ?? this.#disk[workflow] ?? '{}') as { calls?: Call[] };
		for (const { callSid } of (unread && saved.calls) || []) this.known.add(callSid);
		this.#tracker.restore(String(workflow), saved, this.now);
	}

	#memoryOf({ workflow, id }: Trigger): TriggerMemory {
		return this.#tracker.trigger(String(workflow), String(id));
	}

	/** Whether what a trigger has reported isn't known anymore after n8n was started again. */
	forgets({ workflow }: Trigger): boolean {
		return workflow === CROWDED && this.story.engine !== 'C';
	}
}
