import type { CallError } from '../errors/callError';
import type { Campaign } from './campaign';
import type { StoredPerson } from './campaignRow';
import type { CampaignRules, CampaignTools } from './campaignTools';
import { DueCalls } from './dueCalls';
import { OpenCalls } from './openCalls';
import { RunState } from './runState';

/**
 * One run of a campaign: follows up on the calls in progress, places those that are due, and
 * collects everyone whose campaign has ended. Nothing is kept only in memory: whatever happens, the
 * next run continues.
 */
export class CampaignRun {
	private readonly state: RunState;
	private readonly open: OpenCalls;
	private readonly due: DueCalls;

	constructor(
		campaign: Campaign,
		private readonly rules: CampaignRules,
		private readonly tools: CampaignTools,
	) {
		this.state = new RunState(campaign, rules, tools);
		this.open = new OpenCalls(this.state);
		this.due = new DueCalls(this.state);
	}

	/** What kept all calls from being placed or read. */
	get refused(): CallError | undefined {
		return this.state.refused;
	}

	/** @throws CallError when the table can't be read or written, and no one's end is lost by that */
	async run(): Promise<void> {
		for (;;) {
			await this.open.lookAfterAll();
			if (!this.state.goesOn()) return;
			const hasMoved = await this.due.work();
			if (hasMoved === undefined || !this.state.goesOn()) return;
			if (!hasMoved) await this.pause();
		}
	}

	/** Everyone whose campaign has ended; this process reports none of them again. */
	putOut(): readonly StoredPerson[] {
		for (const row of this.state.ended) this.tools.reported.add(row);
		return this.state.ended;
	}

	/** Closes what has been reported: to be called as soon as n8n has taken it over. */
	async close(): Promise<void> {
		const rows = [...this.open.toClose, ...this.state.ended];
		await this.state.forEach(rows, async (row) => {
			await this.state.campaign.close(row);
			this.tools.reported.forget(row);
		});
	}

	/** Runs that gave way to each other don't come back at the same moment. */
	private async pause(): Promise<void> {
		const { clock, random, signal } = this.tools;
		const ms = this.rules.pollIntervalMs * (0.5 + random());
		await clock.sleep(Math.min(ms, this.rules.until - clock.now()), signal);
	}
}
