import {
	checkCallingHours,
	type CallingHoursAnswer,
} from '../../shared/callingHours/checkCallingHours';
import { notAllowed } from '../../shared/errors/notAllowed';
import type { CallRequest } from './callRequest';
import { Skipped } from './placement';

/** @param now milliseconds since 1970 */
export function hoursAt({ number, hours }: CallRequest, now: number): CallingHoursAnswer {
	return hours ? checkCallingHours(number, hours.window, now) : { allowed: true };
}

/**
 * Why the person may not be called now, if so.
 *
 * @throws CallError `notAllowed` if the item asks for an error in that case
 */
export function outsideHours(request: CallRequest, now: number): Skipped | undefined {
	const answer = hoursAt(request, now);
	if (answer.allowed) return undefined;
	const { reason, nextAllowedAt } = answer;
	if (request.hours?.whenOutside === 'skip') {
		return new Skipped('outsideCallingHours', reason, { nextAllowedAt });
	}
	const { phoneNumber } = request.number;
	throw notAllowed.outsideCallingHours({ phoneNumber, reason, nextAllowedAt });
}
