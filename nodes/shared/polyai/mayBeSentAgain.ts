import type { HttpAnswer } from '../http/transport';
import { NoAnswer } from '../http/transport';
import { isPolyAisOwn } from './errorAnswer';
import type { ApiVersion } from './versions/apiVersion';

/**
 * What is known about a call after one request to place it.
 * - `placed`: PolyAI accepted it, the phone will ring.
 * - `tryAgain`: certainly not placed, and a later request may succeed.
 * - `refused`: certainly not placed, and the same request would be refused again.
 * - `outcomeUnknown`: it may have been placed, so it must never be sent again.
 */
export type Verdict = 'placed' | 'tryAgain' | 'refused' | 'outcomeUnknown';

/**
 * The one place that decides whether a call may be sent again; a table to be read beside
 * docs/design.md § 3, promise 1.
 *
 * | what came back                                 | verdict                                  |
 * | ---------------------------------------------- | ---------------------------------------- |
 * | 2xx with a call SID                            | placed                                   |
 * | 2xx without a readable call SID                | outcomeUnknown                           |
 * | 429                                            | tryAgain                                 |
 * | 5xx of PolyAI's own that its API documents as  | tryAgain, refused with the option off    |
 * | "not placed" (G1, G2: 500; G3: 502)            |                                          |
 * | any other 5xx, all of a gateway's among them   | outcomeUnknown                           |
 * | 408 (the server gave up while reading)         | outcomeUnknown                           |
 * | 3xx, other 4xx                                 | refused                                  |
 * | connection refused, DNS, TLS before sending    | tryAgain                                 |
 * | timeout, reset, anything else without answer   | outcomeUnknown                           |
 */
export function verdictOnTrigger(
	result: HttpAnswer | NoAnswer,
	callSid: string | undefined,
	{ notPlaced }: Pick<ApiVersion, 'notPlaced'>,
	retryServerErrors: boolean,
): Verdict {
	if (result instanceof NoAnswer) return result.sent ? 'outcomeUnknown' : 'tryAgain';
	const { status } = result;
	if (status >= 200 && status < 300) return callSid ? 'placed' : 'outcomeUnknown';
	if (status === 429) return 'tryAgain';
	const isNotPlaced = notPlaced.includes(status) && isPolyAisOwn(result);
	if (isNotPlaced) return retryServerErrors ? 'tryAgain' : 'refused';
	if (status >= 500 || status === 408 || status < 200) return 'outcomeUnknown';
	return 'refused';
}

/** Reading a status changes nothing, so every temporary failure is worth another try. */
export function mayReadAgain(result: HttpAnswer | NoAnswer): boolean {
	if (result instanceof NoAnswer) return true;
	return result.status === 429 || result.status === 408 || result.status >= 500;
}
