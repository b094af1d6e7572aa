import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { workflowIdOf } from '../../../n8n/savedMemory';
import { findDoNotCallList } from '../../../n8n/dataTables/doNotCallTable';
import { KeptBack, RunRefused, type CampaignTools } from '../../../shared/campaign/campaignTools';
import { ReportedEnds } from '../../../shared/campaign/reportedEnds';
import type { PlacedRows } from '../../../shared/callLog/placedRows';
import type { DoNotCallList } from '../../../shared/doNotCall/doNotCallList';
import { addedSentences } from '../../../shared/errors/addedSentences';
import type { CallError } from '../../../shared/errors/callError';
import {
	checkNumberRules,
	understandNumber,
	type UnderstoodNumber,
} from '../../../shared/phoneNumbers/understandNumber';
import { whatHappened } from '../../../shared/polyai/conversations/whatHappened';
import { placeCall } from '../../../shared/polyai/placeCall';
import { readStatusOnce } from '../../../shared/polyai/readStatus';
import { toResult } from '../../../shared/toResult';
import { callLogOption, openChosenLog } from '../../options/callLog';
import { readEncryption } from '../../options/encryption';
import { environmentOf } from '../../options/environment';
import { readNotCalledWithin } from '../../options/notCalledWithin';
import { readNumberRules } from '../../options/numberOptions';
import { retryServerErrors } from '../../options/sendingOptions';
import { variantId } from '../../options/variantId';
import { optionsOf, type Session } from '../../run/session';
import { CampaignLog } from './campaignLog';
import { checkFreshly } from './lastChecks';
import { defaultCountry, doNotCallOptionOfRun, voicemailCountsAs } from './runFields';

/** How a run of a campaign reaches PolyAI, with the options of an item. */
export function openTools(
	context: IExecuteFunctions,
	item: number,
	{ sender, account, tracking }: Session,
	{ tableId, log }: { tableId: string; log?: CampaignLog },
): CampaignTools {
	const options = optionsOf(context, item);
	const environment = environmentOf(context, item);
	const numberRules = readNumberRules(defaultCountry.read(options), options);
	// Otherwise every single number would be refused because of it, and its campaign be over.
	checkNumberRules(numberRules);
	const details = {
		environment,
		variantId: variantId.read(options),
		encryption: readEncryption(options, account),
	};
	const retries = { retryServerErrors: retryServerErrors.read(options) };
	const keepsVoicemails = voicemailCountsAs.read(options) === 'reached';
	const keepBack = openDoNotCallCheck(context, options);
	const { clock, random, signal } = sender;
	return {
		clock,
		random,
		signal,
		readNumber: (phoneNumber) => understandNumber(phoneNumber, numberRules),
		calledLately: async (calls) => (await log?.calledLately(calls)) ?? calls.map(() => undefined),
		async place(call, claim) {
			const { number, metadata } = call;
			const { phoneNumber } = number;
			const take = async () => {
				await keepBack(number);
				return await claim.take();
			};
			const { checkHours } = claim;
			const send = async (beforeSending: () => Promise<void>) => {
				const toPlace = { phoneNumber, metadata, ...details };
				return await placeCall(sender, account, toPlace, { ...retries, beforeSending });
			};
			const accepted = log
				? await log.place(call, { take, checkHours }, send)
				: await send(async () => {
						await checkFreshly(clock, async () => void (await take()));
						checkHours();
					});
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

/** The log that the options of an item choose, if any. @throws CallError if they can't be read */
export function openCampaignLog(
	context: IExecuteFunctions,
	item: number,
	{ sender: { clock, signal } }: Session,
): CampaignLog | undefined {
	const options = optionsOf(context, item);
	const isChosen = callLogOption.read(options) !== undefined;
	const within = readNotCalledWithin(options, isChosen);
	if (!isChosen) return undefined;
	const ids = { workflowId: workflowIdOf(context), executionId: context.getExecutionId() };
	const openRows = async () => (await openChosenLog(context, options)) as PlacedRows;
	const environment = environmentOf(context, item);
	return new CampaignLog(openRows, { clock, signal, ...ids }, within, environment);
}

/** Who is on the list by the time at which the call would be sent isn't called anymore. */
function openDoNotCallCheck(context: IExecuteFunctions, options: IDataObject) {
	const chosen = doNotCallOptionOfRun.read(options);
	// Opened for the first person who is due: a run without one costs nothing.
	let opened: Promise<DoNotCallList> | undefined;
	const listedCountry = defaultCountry.read(options);
	const sayCountry = (error: CallError) => {
		const mayHelp = error.code === 'badRequest' && !listedCountry;
		return mayHelp ? error.saying({ last: addedSentences.countryOfList() }) : error;
	};
	return async ({ phoneNumber, country = '' }: UnderstoodNumber): Promise<void> => {
		if (chosen === undefined) return;
		const found = await toResult(async () => {
			opened ??= findDoNotCallList(context, chosen);
			const list = await opened;
			// A cell that may be the person's number in their own country is theirs as well.
			const readings = [...new Set([listedCountry || country, country])];
			const rules = readings.map((one) => readNumberRules(one, options));
			return await list.find(phoneNumber, ...rules);
		});
		if ('error' in found) throw new RunRefused(sayCountry(found.error as CallError));
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
