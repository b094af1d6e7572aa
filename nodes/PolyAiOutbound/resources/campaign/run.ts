import type { IExecuteFunctions } from 'n8n-workflow';
import { environmentField } from '../../../n8n/environmentField';
import { wallClock } from '../../../n8n/wallClock';
import { Campaign } from '../../../shared/campaign/campaign';
import { toPersonOutput } from '../../../shared/campaign/campaignRow';
import { CampaignRun } from '../../../shared/campaign/campaignRun';
import type { CampaignRules } from '../../../shared/campaign/campaignTools';
import { CallError } from '../../../shared/errors/callError';
import { toResult } from '../../../shared/toResult';
import { ManyOutputs, type Operation } from '../../operation';
import { callLogOption } from '../../options/callLog';
import { encryption } from '../../options/encryption';
import { numberOptions } from '../../options/numberOptions';
import {
	callsPerMinute,
	maxConcurrency,
	requestTimeout,
	retryServerErrors,
} from '../../options/sendingOptions';
import { variantId } from '../../options/variantId';
import { openSession, optionsOf } from '../../run/session';
import { campaignFields, findCampaignTable } from './campaignFields';
import {
	defaultCountry,
	doNotCallOptionOfRun,
	notCalledWithinOfRun,
	rulesOf,
	runFields,
	runFor,
	voicemailCountsAs,
} from './runFields';
import { openCampaignLog, openTools } from './runTools';

/** By then n8n has surely taken over a run's items. */
const TAKEN_OVER_MS = 1000;

export const run: Operation = {
	resource: 'campaign',
	value: 'run',
	name: 'Run',
	action: 'Run campaign',
	description:
		'Place the calls of a campaign that are due, and return everyone whose campaign has ended since. Start it every minute with a Schedule Trigger.',
	toolDescription:
		'Places the calls of a calling campaign that are due, which calls real people, and returns for whom the campaign has ended. Use it only when the campaign should go on.',
	fields: [
		...campaignFields('The data table with the people of the campaign'),
		environmentField,
		...runFields,
	],
	options: [
		...numberOptions,
		callLogOption,
		callsPerMinute,
		defaultCountry,
		doNotCallOptionOfRun,
		encryption,
		maxConcurrency,
		notCalledWithinOfRun,
		requestTimeout,
		retryServerErrors,
		runFor,
		variantId,
		voicemailCountsAs,
	],
	async open(context) {
		return {
			// Each follows up on all calls of its campaign by itself.
			concurrency: 1,
			prepare(item) {
				const readRules = rulesOf(context, item);
				return async () => await runOnce(context, item, readRules);
			},
		};
	},
};

/** Everyone whose campaign has ended since. @throws CallError when nothing could be done */
async function runOnce(
	context: IExecuteFunctions,
	item: number,
	readRules: (now: number) => CampaignRules,
): Promise<ManyOutputs> {
	const options = optionsOf(context, item);
	const session = await openSession(context, callsPerMinute.read(options));
	const table = await findCampaignTable(context, item);
	const campaign = new Campaign(table, wallClock, Math.random);
	const rules = readRules(wallClock.now());
	const log = openCampaignLog(context, item, session);
	const tools = openTools(context, item, session, { tableId: table.tableId, log });
	const campaignRun = new CampaignRun(campaign, rules, tools);
	const over = new AbortController();
	// People who are still waiting for their turn are left for the next run.
	void wallClock.sleep(rules.until - wallClock.now(), over.signal).then(session.giveUp);
	const done = await toResult(async () => await campaignRun.run());
	over.abort();
	const missingInLog = (await log?.problems()) ?? [];
	const people = campaignRun.putOut();
	void closeSoon(campaignRun);
	for (const message of missingInLog) context.addExecutionHints?.({ type: 'warning', message });
	const refused = 'error' in done ? done.error : campaignRun.refused;
	if (refused && people.length === 0) return await Promise.reject(refused);
	if (refused) {
		const why = refused instanceof CallError ? refused.inWords : String(refused);
		context.addExecutionHints?.({ type: 'warning', message: `The run ended early. ${why}` });
	}
	return new ManyOutputs(people.map((row) => ({ ...toPersonOutput(row) })));
}

/** If n8n crashes first, the ends are reported again, which is better than never. */
async function closeSoon(campaignRun: CampaignRun): Promise<void> {
	await wallClock.sleep(TAKEN_OVER_MS);
	// The next run of this process closes what is left open.
	await toResult(async () => await campaignRun.close());
}
