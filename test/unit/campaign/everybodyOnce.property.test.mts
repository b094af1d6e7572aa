import * as fc from 'fast-check';
import type { CampaignRow } from '../../../nodes/shared/campaign/campaignRow.ts';
import { WEEKDAYS } from '../../../nodes/shared/callingHours/callingWindow.ts';
import { checkCallingHours } from '../../../nodes/shared/callingHours/checkCallingHours.ts';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { story, type Story } from '../../support/unit/campaign/story.mts';
import { HOUR_MS, OTHERS, World, type Ring } from '../../support/unit/campaign/world.mts';

/** As in tracking/everyEndOnce.property.test.mts. */
const { SEED = '20261126' } = process.env;
const RUNS = Number(process.env.RUNS ?? 150);

/** A campaign that breaks a promise is made smaller before it is shown, which takes a while. */
jest.setTimeout(600_000 + RUNS * 200);

/** All promises of docs/design.md § 6 at once: a story takes long, and each is checked on all of them. */
const PROMISES: Record<string, (world: World) => unknown[]> = {
	'nobody is called more often than allowed': ({ rings, given, startedOver }) => {
		return people(rings, startedOver).filter(
			(person) => of(rings, person).length > given.maxAttempts,
		);
	},
	'nobody is called twice at once, or again after an unclear call': ({
		rings,
		known,
		startedOver,
	}) => {
		return people(rings, startedOver).filter((person) => {
			const calls = of(rings, person).sort((a, b) => a.at - b.at);
			return calls.some(({ at }, index) => {
				const before = calls[index - 1];
				return before && (at < before.until || !known.has(before.callSid));
			});
		});
	},
	'nobody is called again who was reached': ({ rings, startedOver }) => {
		return rings.filter(({ person, at, until, status }) => {
			return (
				!startedOver.has(person) &&
				status === 'success' &&
				of(rings, person).some((next) => next.at > at && next.at >= until)
			);
		});
	},
	'nobody is called outside the hours, or after the deadline': ({ rings, given }) => {
		const window = { ...given.window, days: WEEKDAYS };
		return rings.filter(({ phoneNumber, at, row }) => {
			const number = parsePhoneNumberFromString(phoneNumber)!;
			const placed = { phoneNumber, country: number.country, numberType: number.getType() };
			const isLate = row.callUntil !== null && at > Date.parse(row.callUntil);
			return isLate || !checkCallingHours(placed, window, at).allowed;
		});
	},
	'after a stop no call is placed but one that was on its way': ({ rings, stopped }) => {
		return rings.filter(({ person, row }) => {
			return Date.parse(row.lastCallAt ?? '') > (stopped.get(person) ?? Infinity);
		});
	},
	'no more calls are in progress than allowed, however many runs there are': ({
		rings,
		known,
		given,
	}) => {
		// A person who makes a row forget its call frees its line.
		if (given.deeds.filter(({ what }) => HIDING.includes(what)).length > 1) return [];
		const clear = rings.filter(({ callSid }) => known.has(callSid));
		return clear.filter(({ at }) => {
			return clear.filter((one) => one.at <= at && at < one.until).length > given.maxLiveCalls;
		});
	},
	'nobody is called whom others have called too recently, as far as the log shows': ({
		rings,
		log,
		loggedAt,
		given,
	}) => {
		const within = (given.log?.notCalledWithin ?? 0) * HOUR_MS;
		if (within === 0) return [];
		return rings.filter(({ phoneNumber, logRow, row }) => {
			const claimedAt = Date.parse(row.lastCallAt ?? '');
			return log.rows.some((other) => {
				const calledAt = Date.parse(other.triggeredAt ?? '');
				const isThere = (loggedAt.get(other.id) ?? Infinity) < claimedAt;
				const isEarlier = isThere || other.id < (logRow?.id ?? 0);
				const isPlaced = other.workflowId === OTHERS && !other.finishedAt;
				const isOfPerson = isEarlier && isPlaced && other.phoneNumber === phoneNumber;
				return isOfPerson && calledAt > claimedAt - within;
			});
		});
	},
	'every call has a row in the log, that never says it was not placed': ({ rings, log, given }) => {
		if (!given.log) return [];
		return rings.filter(({ logRow, callSid }) => {
			const row = log.rows.find(({ id }) => id === logRow?.id);
			return row?.finishedAt || (row?.callSid && row.callSid !== callSid) || !row;
		});
	},
	'the campaign ends for everybody': ({ table }) => {
		return table.rows.filter((row) => row.state !== 'ended' && !isPausedByHand(row));
	},
	'every end is put out at least once, and once where no process has died': (world) => {
		const rows = world.table.rows.filter((row) => !isPausedByHand(row));
		return rows.filter(({ person }) => {
			const times = world.putOut.filter((one) => one.person === person).length;
			const ends = world.ends.get(String(person)) ?? 0;
			return ends === 0 || times < ends || (times > ends && world.kills === 0);
		});
	},
};

test(`${RUNS} campaigns with crashes, lost writes, edited rows and several runs keep every promise`, async () => {
	await fc.assert(
		fc.asyncProperty(story, async (given: Story) => {
			const world = new World(given);
			await world.play();
			const broken = Object.entries(PROMISES)
				.map(([promise, check]) => [promise, check(world)] as const)
				.filter(([, against]) => against.length > 0);
			expect(broken).toEqual([]);
		}),
		{ numRuns: RUNS, seed: Number(SEED) },
	);
});

/** Edits that, two of them, hide a call from all runs. */
const HIDING = ['editState', 'clearClaim'];

/** Two edits that only a person makes: the row says that it waits, and not until when. */
function isPausedByHand({ state, nextCallAt, claim }: CampaignRow): boolean {
	return state === 'waiting' && !nextCallAt && !claim;
}

/** @param without with whom someone has started over: they may be called anew */
function people(rings: readonly Ring[], without: ReadonlySet<string>): string[] {
	return [...new Set(rings.map(({ person }) => person))].filter((one) => !without.has(one));
}

function of(rings: readonly Ring[], person: string): Ring[] {
	return rings.filter((ring) => ring.person === person);
}
