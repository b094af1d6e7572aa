import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { CampaignRow } from '../../../nodes/shared/campaign/campaignRow.ts';
import { wallClock } from '../../../nodes/n8n/wallClock.ts';
import { DataTable } from '../unit/dataTable.mts';
import { n8n } from './dataTable.mts';
import { useFastClock } from './fastClock.mts';
import { credentialFor, polyAi, run, type Run } from './polyAi.mts';

const CAMPAIGN = { __rl: true, mode: 'name', value: 'Reminders' };
const MONDAY_MORNING = '2026-11-23T10:00:00Z';
const MINUTE = 60_000;

/** The campaign of a test file that imports this, without people before every test. */
export let people: DataTable<CampaignRow>;

beforeEach(() => {
	useFastClock(MONDAY_MORNING);
	people = new DataTable<CampaignRow>();
	n8n.others = { Reminders: people as never };
	polyAi.set({ queuedMs: 0, callingMs: 5000 });
});

/** Seconds, of the fast clock: a busy machine takes long to begin. */
const LONG_ENOUGH = 600;

type Operation = 'addPerson' | 'run' | 'getPeople' | 'getProgress' | 'stopPerson';

export async function on(operation: Operation, { fields, options, ...given }: Run = {}) {
	const own = { resource: 'campaign', operation, campaign: CAMPAIGN };
	return await run({
		operation,
		credentials: {
			...credentialFor(polyAi),
			polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'k' },
		},
		fields: { ...own, ...fields } as INodeParameters,
		options: operation === 'run' ? { runFor: LONG_ENOUGH, ...options } : options,
		...given,
	});
}

/** Puts people into the campaign, named by their place in the list. */
export async function add(
	phones: string[],
	options: INodeParameters = {},
	fields: INodeParameters = {},
) {
	const items = phones.map((phone, index) => ({ phone, who: `person ${index}` }) as IDataObject);
	return await on('addPerson', {
		items,
		options,
		fields: { person: '={{ $json.who }}', ...fields },
	});
}

const HOURS = { window: { from: '09:00', to: '20:00', days: ['monday', 'tuesday'] } };
export const PLAN = { callingHours: HOURS, maxAttempts: 2, tryAgainAfter: '30', maxLiveCalls: 5 };

/** One run, as the Schedule Trigger starts it, and what comes out. */
export async function runOnce(options: INodeParameters = {}, fields: INodeParameters = {}) {
	const { items } = await on('run', {
		items: [{}],
		options,
		fields: { ...PLAN, ...fields },
	});
	// It closes what it has put out when n8n has surely taken over.
	while (people.rows.some(({ state, claim }) => state === 'ended' && claim)) {
		await wallClock.sleep(500);
	}
	return items.map(({ json }) => json);
}

/** Later, so many minutes of the clinic's clock. */
export function pass(minutes: number): void {
	useFastClock(wallClock.now() + minutes * MINUTE);
}
