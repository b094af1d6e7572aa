import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { findDoNotCallList } from '../../../n8n/dataTables/doNotCallTable';
import { environmentField } from '../../../n8n/environmentField';
import { choiceOption, numberOption } from '../../../n8n/option';
import { wallClock } from '../../../n8n/wallClock';
import { badRequest } from '../../../shared/errors/badRequest';
import type { CallError } from '../../../shared/errors/callError';
import { CampaignRun } from '../../../shared/campaign/campaignRun';
import {
	type CampaignTools,
	type CampaignRules,
	RunRefused,
	KeptBack,
} from '../../../shared/campaign/campaignTools';
import { toPersonOutput } from '../../../shared/campaign/campaignRow';
import { ReportedEnds } from '../../../shared/campaign/reportedEnds';
import {
	type UnderstoodNumber,
	understandNumber,
} from '../../../shared/phoneNumbers/understandNumber';
import { whatHappened } from '../../../shared/polyai/conversations/whatHappened';
import { placeCall } from '../../../shared/polyai/placeCall';
import { readStatusOnce } from '../../../shared/polyai/readStatus';
import { textOf } from '../../../shared/textOf';
import { toResult } from '../../../shared/toResult';
import { ManyOutputs, type Operation } from '../../operation';
import { campaignHours } from '../../options/callingHours';
import { doNotCallOption } from '../../options/doNotCallList';
import { encryption, readEncryption } from '../../options/encryption';
import { environmentOf } from '../../options/environment';
import { numberOptions, readNumberRules } from '../../options/numberOptions';
import {
	callsPerMinute,
	maxConcurrency,
	requestTimeout,
	retryServerErrors,
} from '../../options/sendingOptions';
import { variantId } from '../../options/variantId';
import { openSession, optionsOf, type Session } from '../../run/session';
import { campaignFields, findCampaign } from './campaignFields';

const maxAttempts = numberOption({
	displayName: 'Max Attempts',
	name: 'maxAttempts',
	default: 3,
	min: 1,
	max: 100,
	description: 'How many times a person is called at most, as long as they are not reached',
});

const maxLiveCalls = numberOption({
	displayName: 'Max Live Calls',
	name: 'maxLiveCalls',
	default: 5,
	min: 1,
	max: 1000,
	description:
		'How many calls of the campaign are in progress at once, over all its runs. The next one is placed when one has ended.',
});

const tryAgainField: INodeProperties = {
	displayName: 'Try Again After (Minutes)',
	name: 'tryAgainAfter',
	type: 'string',
	default: '120, 1440',
	placeholder: 'e.g. 120, 1440',
	description:
		'How long to wait after the first call that did not reach the person, after the second, and so on. The last one repeats. The next call is moved into the calling hours.',
};

const runFor = numberOption({
	displayName: 'Run For (Seconds)',
	name: 'runFor',
	default: 50,
	min: 5,
	max: 3600,
	description:
		'How long a run places calls. Choose less than the time between two runs of the Schedule Trigger. Default: 50.',
});

const voicemailCountsAs = choiceOption({
	displayName: 'Voicemail Counts As',
	name: 'voicemailCountsAs',
	options: [
		{ name: 'Not Reached', value: 'notReached', description: 'The person is called again' },
		{ name: 'Reached', value: 'reached', description: 'The campaign ends for the person' },
	],
	default: 'reached',
	description:
		'Whether a person whose voicemail took the call was reached. PolyAI tells it with the Agents API, up to a minute after the call. Default: Reached.',
});

/** PolyAI asks to read a status every 2 to 5 seconds. */
const POLL_INTERVAL_MS = 3000;

/** n8n has surely taken over by then what a run has put out. */
const TAKEN_OVER_MS = 1000;

export const run: Operation = {
	resource: 'campaign',
	value: 'run',
	name: 'Run',
	action: 'Run campaign',
	description:
		'Place the calls of a campaign that are due, and return everybody whose campaign has ended since. Start it every minute with a Schedule Trigger.',
	toolDescription:
		'Places the calls of a calling campaign that are due, which phones real people, and tells for whom the campaign has ended. Use it only when the campaign is to go on.',
	fields: [
		...campaignFields('The data table that holds the people of the campaign'),
		environmentField,
		campaignHours.field,
		maxAttempts.field,
		tryAgainField,
		maxLiveCalls.field,
	],
	options: [
		...numberOptions,
		callsPerMinute,
		doNotCallOption,
		encryption,
		maxConcurrency,
		requestTimeout,
		retryServerErrors,
		runFor,
		variantId,
		voicemailCountsAs,
	],
	async open(context) {
		return {
			// Each looks after all calls of its campaign by itself.
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
	const { campaign, table } = await findCampaign(context, item);
	const rules = readRules(wallClock.now());
	const tools = await openTools(context, item, session, table.tableId);
	const campaignRun = new CampaignRun(campaign, rules, tools);
	const over = new AbortController();
	// Whoever still waits for a turn then is left for the next run.
	void wallClock.sleep(rules.until - wallClock.now(), over.signal).then(session.giveUp);
	const done = await toResult(async () => await campaignRun.run());
	over.abort();
	const people = campaignRun.putOut();
	void closeSoon(campaignRun);
	const refused = 'error' in done ? done.error : campaignRun.refused;
	if (refused && people.length === 0) return await Promise.reject(refused);
	if (refused) {
		const { message } = refused as Error;
		context.addExecutionHints?.({ type: 'warning', message: `The run ended early: ${message}` });
	}
	return new ManyOutputs(people.map((row) => ({ ...toPersonOutput(row) })));
}

/** If n8n dies before, the ends are put out again: rather that than never. */
async function closeSoon(campaignRun: CampaignRun): Promise<void> {
	await wallClock.sleep(TAKEN_OVER_MS);
	// The next run of this process closes what is left open.
	await toResult(async () => await campaignRun.close());
}

/** @throws CallError `badRequest` for a field that can't be read */
function rulesOf(context: IExecuteFunctions, item: number): (now: number) => CampaignRules {
	const field = (name: string) => ({ [name]: context.getNodeParameter(name, item) as IDataObject });
	const options = optionsOf(context, item);
	const runForMs = runFor.read(options) * 1000;
	const rules = {
		window: campaignHours.read(field('callingHours')),
		maxAttempts: Math.floor(maxAttempts.read(field('maxAttempts'))),
		tryAgainAfter: readPauses(context.getNodeParameter('tryAgainAfter', item)),
		maxLiveCalls: Math.floor(maxLiveCalls.read(field('maxLiveCalls'))),
		environment: environmentOf(context, item),
		pollIntervalMs: POLL_INTERVAL_MS,
		concurrency: Math.floor(maxConcurrency.read(options)),
	};
	return (now) => ({ ...rules, until: now + runForMs });
}

function readPauses(given: unknown): number[] {
	const list = Array.isArray(given) ? given : textOf(given).split(/[\s,;]+/);
	const texts = list.map((part) => textOf(part).trim()).filter(Boolean);
	const minutes = texts.map(Number);
	if (minutes.length > 0 && minutes.every((one) => one >= 0 && one <= LONGEST_PAUSE))
		return minutes;
	throw badRequest.noPauses();
}

/** Minutes of a year. */
const LONGEST_PAUSE = 525_600;

async function openTools(
	context: IExecuteFunctions,
	item: number,
	{ sender, account, tracking }: Session,
	tableId: string,
): Promise<CampaignTools> {
	const options = optionsOf(context, item);
	const environment = environmentOf(context, item);
	const numberRules = readNumberRules('', options);
	const details = {
		environment,
		variantId: variantId.read(options),
		encryption: readEncryption(options, account),
	};
	const retries = { retryServerErrors: retryServerErrors.read(options) };
	const keepsVoicemails = voicemailCountsAs.read(options) === 'reached';
	const keepBack = await openDoNotCallCheck(context, options);
	const { clock, random, signal } = sender;
	return {
		clock,
		random,
		signal,
		readNumber: (phoneNumber) => understandNumber(phoneNumber, numberRules),
		async place({ number, metadata }, claim) {
			const { phoneNumber } = number;
			const beforeSending = async () => {
				await keepBack(number);
				await claim();
			};
			const call = { phoneNumber, metadata, ...details };
			const accepted = await placeCall(sender, account, call, { ...retries, beforeSending });
			const { callSid } = accepted;
			tracking.placed({ callSid, phoneNumber, triggeredAt: clock.now(), metadata, environment });
			return accepted;
		},
		readStatus: async (call) => await readStatusOnce(sender, account, call),
		async hasReached(callSid, state) {
			tracking.saw(callSid, state);
			if (state.status === 'failure' || keepsVoicemails) return state.status === 'success';
			const happened = await toResult(async () => {
				return await whatHappened(sender, account, callSid, state);
			});
			// The run was stopped in the meantime.
			if ('error' in happened) return undefined;
			return happened.value.outcome !== 'voicemail';
		},
		reported: reportedEndsOf(tableId),
	};
}

/** Who is on the list by the time at which the call would be sent isn't called anymore. */
async function openDoNotCallCheck(context: IExecuteFunctions, options: IDataObject) {
	const chosen = doNotCallOption.read(options);
	const list = chosen === undefined ? undefined : await findDoNotCallList(context, chosen);
	const rules = readNumberRules('', options);
	return async ({ phoneNumber }: UnderstoodNumber): Promise<void> => {
		if (!list) return;
		const found = await toResult(async () => await list.find(phoneNumber, rules));
		if ('error' in found) throw new RunRefused(found.error as CallError);
		const [row] = found.value;
		if (!row) return;
		const why = row.reason ? `: ${row.reason}` : '';
		throw new KeptBack({ outcome: 'stopped', reason: `On the do-not-call list${why}.` });
	};
}

/** By data table: what this process has put out and couldn't close yet. */
const reportedEnds = new Map<string, ReportedEnds>();

function reportedEndsOf(tableId: string): ReportedEnds {
	const known = reportedEnds.get(tableId) ?? new ReportedEnds(tableId);
	reportedEnds.set(tableId, known);
	return known;
}
