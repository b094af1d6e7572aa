import pLimit from 'p-limit';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { openCredential } from '../../n8n/authentication';
import { httpTransport } from '../../n8n/httpTransport';
import { trackCalls, type Tracking } from '../../n8n/trackCalls';
import { wallClock } from '../../n8n/wallClock';
import type { Account } from '../../shared/polyai/account';
import { RateLimiter, type CallPace } from '../../shared/http/rateLimiter';
import type { Sender } from '../../shared/http/sendWithRetry';
import { onAbort } from '../../shared/time/onAbort';
import { maxConcurrency, requestTimeout } from '../options/sendingOptions';

/** The way to PolyAI that all items of a run share. */
export interface Session {
	account: Account;
	sender: Sender;
	/** Requests in flight at most. */
	concurrency: number;
	/** Tells the triggers what happens to calls. */
	tracking: Tracking;
	/** Sends nothing more and ends all waiting, as Stop does; what is on its way still arrives. */
	giveUp: () => void;
}

/**
 * Opens the line of a run. Options that hold for the whole run are those of the first item.
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
	const { type, data, account, accountKey } = await openCredential(context, authentication);
	return {
		account,
		concurrency,
		tracking: trackCalls(context, accountKey),
		giveUp,
		sender: {
			send: httpTransport(context, type, data),
			limit: pLimit(concurrency),
			clock: wallClock,
			random: Math.random,
			rateLimiter: new RateLimiter(wallClock, perMinute, signal, paceOf(accountKey)),
			signal,
			timeoutMs: requestTimeout.read(options) * 1000,
		},
	};
}

/** By account: a lead that comes alone is an execution of its own. */
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
