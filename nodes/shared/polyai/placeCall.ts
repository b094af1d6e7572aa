import { NoAnswer } from '../http/transport';
import type { Account } from './account';
import { readCallStatus, type CallStatus } from './callStatus';
import { explainUnknownOutcome, explain } from './explain';
import type { CallToPlace, ApiVersion } from './versions/apiVersion';
import { versionsToTry, rememberVersion } from './answeringVersion';
import { countAsDoubtful, isReachable, tryToReach } from './reachability';
import {
	sendWithRetry,
	sendUnlessPaused,
	type HttpResult,
	type Sender,
} from '../http/sendWithRetry';
import { verdictOnTrigger, type Verdict } from './mayBeSentAgain';

export interface AcceptedCall {
	callSid: string;
	status: CallStatus;
}

/** What one path answered. */
interface Trial {
	version: ApiVersion;
	result: HttpResult;
	callSid?: string;
	verdict: Verdict;
}

export interface PlacingRules {
	/** Whether to retry after PolyAI's own server errors. */
	retryServerErrors: boolean;
	/**
	 * Called before every request, however long it had to wait; if it throws, the call isn't sent.
	 */
	beforeSending?: () => Promise<void>;
}

/**
 * Places one call. It is sent again only if it certainly wasn't placed: docs/design.md § 3, promise
 * 1, and the table in mayBeSentAgain.ts.
 *
 * @throws CallError `outcomeUnknown` if the call may have been placed; any other code means that it
 * certainly wasn't
 */
export async function placeCall(
	sender: Sender,
	account: Account,
	call: CallToPlace,
	rules: PlacingRules,
): Promise<AcceptedCall> {
	let last: Trial | undefined;
	const result = await sendWithRetry(sender, {
		turn: async () => await sender.rateLimiter.acquireCallSlot(),
		async send() {
			last = await tryPaths(sender, account, call, rules);
			return last.result;
		},
		again: () => last?.verdict === 'tryAgain',
	});
	if (!last || last.verdict === 'outcomeUnknown') throw explainUnknownOutcome(result);
	if (last.verdict !== 'placed' || last.callSid === undefined) {
		throw explain(last.result, last.version, sender).notPlaced();
	}
	rememberVersion(account.baseUrl, last.version);
	return { callSid: last.callSid, status: statusOf(last) };
}

/**
 * Tries the path that is known to answer first, and another one only after an answer that says that
 * there is nothing at this path: none of those can have called anyone (docs/polyai-api.md § 1).
 */
async function tryPaths(
	sender: Sender,
	account: Account,
	call: CallToPlace,
	rules: PlacingRules,
): Promise<Trial> {
	const refusals: Trial[] = [];
	for (const version of versionsToTry(account)) {
		const trial = await tryPath(sender, account, version, call, rules);
		if (!isUnknownPath(trial.result)) return trial;
		refusals.push(trial);
	}
	const newest = account.versions.at(-1);
	return refusals.find(({ version }) => version === newest) ?? (refusals[0] as Trial);
}

async function tryPath(
	sender: Sender,
	account: Account,
	version: ApiVersion,
	call: CallToPlace,
	rules: PlacingRules,
): Promise<Trial> {
	const { baseUrl } = account;
	const url = baseUrl + version.triggerPath;
	const body = version.triggerBody(call);
	const result = await sendUnlessPaused(
		sender,
		{ method: 'POST', url, body },
		{
			before: async () => await waitUntilReady(sender, account, rules),
			after(result) {
				const { verdict } = trialOf(result, version, rules);
				if (verdict === 'outcomeUnknown') countAsDoubtful(baseUrl);
			},
		},
	);
	return trialOf(result, version, rules);
}

function trialOf(
	result: HttpResult,
	version: ApiVersion,
	{ retryServerErrors }: PlacingRules,
): Trial {
	const callSid = result instanceof NoAnswer ? undefined : version.readCallSid(result.body);
	const verdict = verdictOnTrigger(result, callSid, version, retryServerErrors);
	return { version, result, callSid, verdict };
}

/**
 * Resolves when PolyAI is known to answer and nothing else holds back the call.
 *
 * @throws CallError if it must not be sent
 */
async function waitUntilReady(
	sender: Sender,
	account: Account,
	{ beforeSending }: PlacingRules,
): Promise<void> {
	do {
		const unreachable = await tryToReach(sender, account);
		if (unreachable) throw unreachable.notPlaced();
		await beforeSending?.();
		// The outcome of another call may have become unknown in the meantime.
	} while (!isReachable(account.baseUrl));
}

/** 403: API gateways answer an unknown path with "Missing Authentication Token". */
const UNKNOWN_PATH = [404, 405, 403];

function isUnknownPath(result: HttpResult): boolean {
	return !(result instanceof NoAnswer) && UNKNOWN_PATH.includes(result.status);
}

/** API versions that don't return a status have just queued the call. */
function statusOf({ version, result }: Trial): CallStatus {
	const state = result instanceof NoAnswer ? undefined : version.readState(result.body);
	return state?.status ?? readCallStatus('queued');
}
