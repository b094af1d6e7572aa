import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { openCredential } from '../../n8n/authentication';
import { openSender } from '../../n8n/openSender';
import { trackCalls, type Tracking } from '../../n8n/trackCalls';
import type { Account } from '../../shared/polyai/account';
import type { CallPace } from '../../shared/http/rateLimiter';
import type { Sender } from '../../shared/http/sendWithRetry';
import { onAbort } from '../../shared/time/onAbort';
import { maxConcurrency, requestTimeout } from '../options/sendingOptions';

/** What all items of a run share: how to reach PolyAI, and where to report their calls. */
export interface Session {
	account: Account;
	sender: Sender;
	/** Requests in flight at most. */
	concurrency: number;
	/** Tells the triggers what happens to calls. */
	tracking: Tracking;
	/**
	 * Sends nothing more and ends all waiting, as Stop does. Answers to requests in flight still
	 * arrive.
	 */
	giveUp: () => void;
}

/**
 * Opens the session of a run. Options that apply to the whole run are taken from the first item.
 *
 * @param perMinute calls let through in a minute; 0 means no pace
 */
export async function openSession(context: IExecuteFunctions, perMinute = 0): Promise<Session> {
	const options = optionsOf(context, 0);
	const concurrency = Math.floor(maxConcurrency.read(options));
	const ended = new AbortController();
	const giveUp = () => ended.abort();
	onAbort(context.getExecutionCancelSignal?.(), giveUp);
	const { signal } = ended;
	const authentication = context.getNodeParameter('authentication', 0, 'apiToken');
	const { account, accountKey, ...credential } = await openCredential(context, authentication);
	return {
		account,
		concurrency,
		tracking: trackCalls(context, accountKey),
		giveUp,
		sender: openSender(context, credential, {
			concurrency,
			timeoutMs: requestTimeout.read(options) * 1000,
			perMinute,
			pace: paceOf(accountKey),
			signal,
		}),
	};
}

/** By account: each single lead is an execution of its own. */
const paces = new Map<string, CallPace>();

function paceOf(accountKey: string): CallPace {
	const pace = paces.get(accountKey) ?? { lastCallAt: -Infinity };
	paces.set(accountKey, pace);
	return pace;
}

/** The collection `options` of an item. */
export function optionsOf(context: IExecuteFunctions, item: number): IDataObject {
	return context.getNodeParameter('options', item, {}) as IDataObject;
}
