import { checkCallingHours } from '../../nodes/shared/callingHours/checkCallingHours.ts';
import {
	DEFAULT_FROM,
	DEFAULT_TO,
	WEEKDAYS,
	type CallingWindow,
} from '../../nodes/shared/callingHours/callingWindow.ts';
import { CallError } from '../../nodes/shared/errors/callError.ts';
import {
	understandNumber,
	type UnderstoodNumber,
} from '../../nodes/shared/phoneNumbers/understandNumber.ts';
import type { Person } from './person.mts';

/** A wrong number, typed twice, must not wake anyone. */
const HOURS: CallingWindow = { from: DEFAULT_FROM, to: DEFAULT_TO, days: WEEKDAYS };

const RULES = {
	defaultCountry: '',
	numberCheck: 'valid',
	allowPremium: false,
	allowedCountries: [],
} as const;

/** A number, or the sentence that says why none will be called. */
export type NumberToCall = { phoneNumber: string } | { why: string };

/**
 * Asks twice for the one number that may be called, the person's own.
 *
 * @param now milliseconds since 1970
 */
export async function askForNumber(person: Person, now: number): Promise<NumberToCall> {
	const first = await person.ask(
		'Your own phone number, with + and country code (nothing: no call is placed)',
	);
	if (!first) return { why: 'No number was given.' };
	const again = await person.ask('The same number again');
	const [one, other] = [read(first), read(again)];
	if ('why' in one) return one;
	if ('why' in other || one.number.phoneNumber !== other.number.phoneNumber) {
		return { why: 'The two numbers are not the same.' };
	}
	const hours = checkCallingHours(one.number, HOURS, now);
	return hours.allowed ? { phoneNumber: one.number.phoneNumber } : { why: hours.reason };
}

function read(text: string): { number: UnderstoodNumber } | { why: string } {
	try {
		return { number: understandNumber(text, RULES) };
	} catch (error) {
		if (error instanceof CallError) return { why: `${error.message}.` };
		throw error;
	}
}
