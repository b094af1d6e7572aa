import { CallError } from '../../shared/callError';
import {
	checkCallingHours,
	type CallingHoursAnswer,
} from '../../shared/callingHours/checkCallingHours';
import type { Order } from './order';
import { Skipped } from './placement';

/** @param now milliseconds since 1970 */
export function hoursAt({ number, hours }: Order, now: number): CallingHoursAnswer {
	return hours ? checkCallingHours(number, hours.window, now) : { allowed: true };
}

/**
 * Why nobody may be called now, if so.
 *
 * @throws CallError `notAllowed` where the item asks for an error then
 */
export function outsideHours(order: Order, now: number): Skipped | undefined {
	const answer = hoursAt(order, now);
	if (answer.allowed) return undefined;
	const { reason, nextAllowedAt } = answer;
	if (order.hours?.whenOutside === 'skip') {
		return new Skipped('outsideCallingHours', reason, { nextAllowedAt });
	}
	const { phoneNumber } = order.number;
	throw new CallError('notAllowed', `${phoneNumber} is outside its calling hours`, {
		phoneNumber,
		description: [reason, nextAllowedAt && `Next: ${nextAllowedAt}`].filter(Boolean).join(' '),
	});
}
