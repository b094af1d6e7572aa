import type { CallError } from '../errors/callError';
import { timedOut } from '../errors/timedOut';
import { unreachable } from '../errors/unreachable';
import { NoAnswer } from '../http/transport';
import type { Account } from './account';
import { isPolyAisOwn } from './errorAnswer';
import { explain } from './explain';
import type { ApiVersion } from './versions/apiVersion';
import { PROBE_CALL } from './probeCall';
import { toResult } from '../toResult';
import { endOrStop } from '../time/endOrStop';
import { sendOnce, sendWithRetry, type HttpResult, type Sender } from '../http/sendWithRetry';
import { mayReadAgain } from './mayBeSentAgain';

/** Milliseconds without another request after PolyAI didn't answer. */
const SHUT_MS = 30_000;

/** What this process knows about the way to a base URL, for all its executions. */
interface Way {
	/** PolyAI has answered there, and no call's outcome has become unknown since then. */
	isOpen: boolean;
	/** The request in flight, for whose answer all calls wait. */
	question?: Promise<void>;
	/** The last request got no answer: the error for it, and until when there is no other. */
	shut?: { why: CallError; until: number };
}

const ways = new Map<string, Way>();

function wayTo(baseUrl: string): Way {
	const way = ways.get(baseUrl) ?? { isOpen: false };
	ways.set(baseUrl, way);
	return way;
}

/** Whether a call may currently be sent there. */
export function isReachable(baseUrl: string): boolean {
	return wayTo(baseUrl).isOpen;
}

/** PolyAI has answered there. */
export function countAsReachable(baseUrl: string): void {
	Object.assign(wayTo(baseUrl), { isOpen: true, shut: undefined });
}

/** A call's outcome is unknown: PolyAI has to answer a status request before the next one. */
export function countAsDoubtful(baseUrl: string): void {
	wayTo(baseUrl).isOpen = false;
}

/**
 * Asks for the status of a call that doesn't exist, unless PolyAI is known to answer at this base
 * URL: then a network fault costs a status request, and not a call whose outcome is unknown
 * (docs/design.md § 3, promise 1). The first such request is patient; after it, calls fail at once,
 * and a single request is sent every half minute. To be called in the slot of the request that it
 * holds up: it takes no other.
 *
 * @returns why no call can be sent, undefined if PolyAI answers
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
	const url = account.baseUrl + version.statusPath({ callSid: PROBE_CALL });
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
	// Other runs may also be waiting for this answer; they then ask for themselves.
	if (sender.signal?.aborted) return;
	if ('error' in asked) return await Promise.reject(asked.error);
	const until = sender.clock.now() + SHUT_MS;
	way.shut = { why: whyNot(asked.value, version, sender), until };
}

/**
 * Whether PolyAI has answered, or someone who would refuse a call just like this request. What
 * PolyAI answers for an unknown call isn't documented, so the form decides: proxies and portals
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
