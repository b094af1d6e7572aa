import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { magicOf, MAGIC_ENDINGS } from '../../simulator/calls/magicNumbers.mts';
import type { Simulator } from '../../simulator/server.mts';
import { giveUpOn } from '../../support/unit/simulator/arrivals.mts';
import { manualClock } from '../../support/unit/simulator/manualClock.mts';
import { status, trigger } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LONDON = '+4420794600';
const WASHINGTON = '+120255501';

/** What the first and the second trigger get, and how often the number rings. */
async function triggerTwice(number: string) {
	const polyAi = await startPolyAi();
	return [
		await outcomeOf(polyAi, number),
		await outcomeOf(polyAi, number),
		polyAi.journal.dials.length,
	];
}

async function outcomeOf(polyAi: Simulator, number: string) {
	const reply = await giveUpOn(polyAi, async (signal) => await trigger(polyAi, number, { signal }));
	if (reply === 'no answer') return reply;
	if (reply.status !== 200) return reply.status;
	return reply.json.callSid ? 'SID' : 'unreadable';
}

test.each([
	['40', [400, 400, 0]],
	['41', [401, 401, 0]],
	['43', [403, 403, 0]],
	['44', [404, 404, 0]],
	['29', [429, 'SID', 1]],
	['50', [500, 500, 0]],
	['53', [503, 503, 2]],
	['54', [504, 504, 2]],
	['57', ['no answer', 'no answer', 2]],
	['58', ['no answer', 'no answer', 2]],
	['59', ['unreadable', 'unreadable', 2]],
])(
	'a number that ends with %s: both triggers, and how often it rings',
	async (ending, expected) => {
		expect(await triggerTwice(LONDON + ending)).toEqual(expected);
		expect(await triggerTwice(WASHINGTON + ending)).toEqual(expected);
	},
);

test.each([
	['01', 'success'],
	['02', 'failure'],
	['03', 'failure'],
	['04', 'failure'],
	['05', 'failure'],
	['06', 'failure'],
	['07', 'success'],
	['08', 'failure'],
	['09', 'calling'],
	['10', 'queued'],
	['11', undefined],
])(
	'a call to a number that ends with %s stands at “%s” a minute later',
	async (ending, expected) => {
		const clock = manualClock();
		const polyAi = await startPolyAi({ clock });
		const { json } = await trigger(polyAi, LONDON + ending);
		clock.advance(60_000);
		expect((await status(polyAi, String(json.callSid))).json.status).toBe(expected);
	},
);

test('no two of them are the same, and other numbers have no magic', () => {
	const endings = Object.keys(MAGIC_ENDINGS);
	expect(new Set(endings.map((ending) => MAGIC_ENDINGS[ending]?.means)).size).toBe(endings.length);
	for (const number of ['+442071838702', '+12025551102', '+442079460099', '+4420794600022']) {
		expect(magicOf(number)).toBeUndefined();
	}
});

test('all are valid numbers to those who check them first', () => {
	const numbers = Object.keys(MAGIC_ENDINGS).flatMap((end) => [LONDON + end, WASHINGTON + end]);
	expect(numbers.filter((number) => !parsePhoneNumberFromString(number)?.isValid())).toEqual([]);
});
