import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { findDoNotCallList } from '../../../n8n/dataTables/doNotCallTable';
import { KeptBack, RunRefused, type CampaignTools } from '../../../shared/campaign/campaignTools';
import { ReportedEnds } from '../../../shared/campaign/reportedEnds';
import type { CallError } from '../../../shared/errors/callError';
import {
	understandNumber,
	type UnderstoodNumber,
} from '../../../shared/phoneNumbers/understandNumber';
import { whatHappened } from '../../../shared/polyai/conversations/whatHappened';
import { placeCall } from '../../../shared/polyai/placeCall';
import { readStatusOnce } from '../../../shared/polyai/readStatus';
import { toResult } from '../../../shared/toResult';
import { doNotCallOption } from '../../options/doNotCallList';
import { readEncryption } from '../../options/encryption';
import { environmentOf } from '../../options/environment';
import { readNumberRules } from '../../options/numberOptions';
import { retryServerErrors } from '../../options/sendingOptions';
import { variantId } from '../../options/variantId';
import { optionsOf, type Session } from '../../run/session';
import { voicemailCountsAs } from './runFields';

/** How a run of a campaign reaches PolyAI, with the options of an item. */
export async function openTools(
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
