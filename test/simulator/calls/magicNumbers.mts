import type { FaultEffect } from '../faults/fault.mts';
import type { OutcomeName } from './outcomes.mts';

interface Magic {
	/** What happens, for the help and the README. */
	means: string;
	outcome?: OutcomeName;
	/** What the request that places the call gets. */
	onTrigger?: FaultEffect;
	/** How often per number; always when absent. */
	times?: number;
}

/**
 * Numbers that belong to no one and that are valid according to libphonenumber: Ofcom's London
 * range for drama (+44 20 7946 0000 to 0999), and 555-0100 to 0199 of every North American area
 * code, reserved for fiction. (Ofcom's mobile drama range +44 7700 900xxx isn't valid by
 * libphonenumber.)
 */
const RANGES = [/^\+442079460\d{3}$/, /^\+1[2-9]\d{2}55501\d{2}$/];

/** By the last two digits of a number in those ranges; other endings follow the settings. */
export const MAGIC_ENDINGS: Record<string, Magic> = {
	'01': { means: 'answered by a person', outcome: 'success' },
	'02': { means: 'not answered', outcome: 'no-answer' },
	'03': { means: 'busy', outcome: 'busy' },
	'04': { means: 'waits too long in the queue, then fails', outcome: 'queue-timeout' },
	'05': { means: 'declined', outcome: 'declined' },
	'06': { means: 'no such number', outcome: 'invalid-number' },
	'07': { means: 'voicemail picks up', outcome: 'voicemail' },
	'08': { means: 'fails for a technical reason', outcome: 'error' },
	'09': { means: 'a conversation that never ends', outcome: 'never-ends' },
	'10': { means: 'stays in the queue forever', outcome: 'stuck-in-queue' },
	'11': { means: 'ends, and its status is gone at once', outcome: 'forgotten' },
	'40': { means: 'refused with 400', onTrigger: { answer: 400 } },
	'41': { means: 'refused with 401', onTrigger: { answer: 401 } },
	'43': { means: 'refused with 403', onTrigger: { answer: 403 } },
	'44': { means: 'refused with 404', onTrigger: { answer: 404 } },
	'29': {
		means: 'first 429 with Retry-After: 1, then accepted',
		onTrigger: { answer: 429, retryAfter: 1 },
		times: 1,
	},
	'50': { means: 'always 500, never dialed', onTrigger: { answer: 500 } },
	'53': {
		means: 'dialed, but a gateway answers 503',
		onTrigger: { answer: 503, body: 'empty', dials: true },
	},
	'54': {
		means: 'dialed, but a gateway answers 504',
		onTrigger: { answer: 504, body: 'html', dials: true },
	},
	'57': { means: 'dialed, but no answer comes', onTrigger: { answer: 'never', dials: true } },
	'58': {
		means: 'dialed, then the connection breaks',
		onTrigger: { answer: 'reset', dials: true },
	},
	'59': { means: 'dialed, but the answer is unreadable', onTrigger: { answer: 'garbage' } },
};

export function magicOf(number: string): Magic | undefined {
	return RANGES.some((range) => range.test(number)) ? MAGIC_ENDINGS[number.slice(-2)] : undefined;
}
