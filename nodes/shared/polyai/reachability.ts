import type { CallError } from '../errors/callError';
import { timedOut } from '../errors/timedOut';
import { unreachable } from '../errors/unreachable';
import { NoAnswer } from '../http/transport';
import type { Account } from './account';
import { isPolyAisOwn } from './errorAnswer';
import { explain } from './explain';
import type { ApiVersion } from './versions/apiVersion';
import { NOBODYS_CALL } from './nobodysCall';
import { toResult } from '../toResult';
import { endOrStop } from '../time/endOrStop';
import { sendOnce, sendWithRetry, type HttpResult, type Sender } from '../http/sendWithRetry';
import { mayReadAgain } from './verdict';

/** Milliseconds for which nobody asks again after PolyAI was asked in vain. */
const SHUT_MS = 30_000;

/** What this process knows of the way to one base URL, for all its executions. */
interface Way {
	/** PolyAI has answered there, and no call's outcome became unknown since. */
	isOpen: boolean;
	/** The question on its way, for whose answer everybody waits. */
	question?: Promise<void>;
	/** The last question was in vain: what is said of it, and until when nobody asks again. */
	shut?: { why: CallError; until: number };
}

const ways = new Map<string, Way>();

function wayTo(baseUrl: string): Way {
	const way = ways.get(baseUrl) ?? { isOpen: false };
	ways.set(baseUrl, way);
	return way;
}

/** Whether a call may be sent there as things stand. */
export function isReachable(baseUrl: string): boolean {
	return wayTo(baseUrl).isOpen;
}

/** PolyAI has answered there. */
export function countAsReachable(baseUrl: string): void {
	Object.assign(wayTo(baseUrl), { isOpen: true, shut: undefined });
}

/** A call's outcome is unknown: before the next one PolyAI has to answer a question. */
export function countAsDoubtful(baseUrl: string): void {
	wayTo(baseUrl).isOpen = false;
}

/**
 * Asks for the status of nobody's call, unless PolyAI is known to answer at this base URL: a fault on
 * the way then costs a question, and not a call of which nobody can tell whether it was placed
 * (docs/design.md § 3, promise 1). The first question in trouble is patient; after it calls fail at once,
 * and a single question is asked every half minute. To be called in the place of the request that it
 * holds up: it takes no other among those in flight.
 *
 * @returns why no call can be sent, nothing when PolyAI answers
 */
export async function tryToReach(sender: Sender, account: Account): Promise<CallError | undefined> {
	const way = wayTo(account.baseUrl);
	const { clock, signal } = sender;
	while (!way.isOpen) {
		if (signal?.aborted) return timedOut.stopped();
		if (way.shut && clock.now() < way.shut.until) return way.shut.why;
		way.question ??= ask(sender, account, way).finally(() => {
			way.question = undefined;
		});
		await endOrStop(way.question, signal);
	}
	return undefined;
}

async function ask(sender: Sender, account: Account, way: Way): Promise<void> {
	const [version] = account.versions;
	const url = account.baseUrl + version.statusPath({ callSid: NOBODYS_CALL });
	const inPlace: Sender = { ...sender, limit: async (task) => await task() };
	const asked = await toResult(async () => {
		return await sendWithRetry(inPlace, {
			turn: async () => await sender.rateLimiter.waitForPause(),
			send: async () => await sendOnce(inPlace, { method: 'GET', url }),
			again: (result) => !isAnswered(result) && mayReadAgain(result),
			...(way.shut && { mostTries: 1 }),
		});
	});
	if ('value' in asked && isAnswered(asked.value)) return countAsReachable(account.baseUrl);
	// Other runs may wait for this answer as well: they ask for themselves then.
	if (sender.signal?.aborted) return;
	if ('error' in asked) return await Promise.reject(asked.error);
	const until = sender.clock.now() + SHUT_MS;
	way.shut = { why: whyNot(asked.value, version, sender), until };
}

/**
 * Whether PolyAI has answered, or somebody who would refuse a call like this question. What PolyAI
 * says of a call that it does not know is not documented, so its form decides: proxies and portals
 * answer with pages.
 */
function isAnswered(result: HttpResult): boolean {
	if (result instanceof NoAnswer) return false;
	const { status, body } = result;
	if (isPolyAisOwn(result) || status === 429) return true;
	if (status < 200 || isRedirect(status) || status >= 500) return false;
	const isPage = typeof body === 'string' && body.trim() !== '';
	return !isPage && !OF_PROXIES.includes(status);
}

/** A proxy wants a password, or gave up. */
const OF_PROXIES = [407, 408];

function whyNot(result: HttpResult, version: ApiVersion, sender: Sender): CallError {
	const isStranger = !(result instanceof NoAnswer) && !isRedirect(result.status);
	return isStranger
		? unreachable.answeredByOther({ httpStatus: result.status })
		: explain(result, version, sender);
}

function isRedirect(status: number): boolean {
	return status >= 300 && status < 400;
}
