import type { CallError } from '../errors/callError';
import { forEachConcurrently } from '../forEachConcurrently';
import type { UnderstoodNumber } from '../phoneNumbers/understandNumber';
import type { Campaign, Ending } from './campaign';
import type { StoredPerson } from './campaignRow';
import type { CampaignRules, CampaignTools } from './campaignTools';

/** What the parts of one run share. */
export class RunState {
	/** To be put out. */
	readonly ended: StoredPerson[] = [];
	/** What keeps all calls from being placed or read. */
	refused?: CallError;
	/** Calls in progress, as this run has seen them last. */
	calling = 0;

	constructor(
		readonly campaign: Campaign,
		readonly rules: CampaignRules,
		readonly tools: CampaignTools,
	) {}

	get now(): number {
		return this.tools.clock.now();
	}

	goesOn(): boolean {
		return !this.refused && !this.tools.signal?.aborted && this.now < this.rules.until;
	}

	/** Someone else may have been faster: the end is theirs to put out then. */
	async end(row: StoredPerson, ending: Ending): Promise<void> {
		const ended = await this.campaign.end(row, ending);
		if (ended) this.ended.push(ended);
	}

	numberOf({ phoneNumber }: StoredPerson): UnderstoodNumber | Ending {
		try {
			return this.tools.readNumber(phoneNumber ?? '');
		} catch (error) {
			return { outcome: 'refused', reason: `${(error as Error).message}.` };
		}
	}

	async forEach<Value>(
		values: readonly Value[],
		work: (value: Value) => Promise<void>,
	): Promise<void> {
		const step = async (index: number) => await work(values[index] as Value);
		await forEachConcurrently(values.length, this.rules.concurrency, step, () => true);
	}
}

export function noTime({ nextCallAt }: StoredPerson): Ending {
	return { outcome: 'refused', reason: `“${nextCallAt}” in 'nextCallAt' is not a time.` };
}
