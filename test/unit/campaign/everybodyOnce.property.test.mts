import * as fc from 'fast-check';
import { checkCallingHours } from '../../../nodes/shared/callingHours/checkCallingHours.ts';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { story, type Story } from '../../support/unit/campaign/story.mts';
import { World, type Ring } from '../../support/unit/campaign/world.mts';

/** As in tracking/everyEndOnce.property.test.mts. */
const { SEED = '20261126' } = process.env;
const RUNS = Number(process.env.RUNS ?? 150);

jest.setTimeout(60_000 + RUNS * 200);

const ALL_DAYS = [
	'monday',
	'tuesday',
	'wednesday',
	'thursday',
	'friday',
	'saturday',
	'sunday',
] as const;

/** All promises of docs/design.md § 6 at once: a story takes long, and each is checked on all of them. */
const PROMISES: Record<string, (world: World) => unknown[]> = {
	'nobody is called more often than allowed': ({ rings, given }) => {
		return people(rings).filter((person) => of(rings, person).length > given.maxAttempts);
	},
	'nobody is called twice at once, or again after an unclear call': ({ rings, known }) => {
		return people(rings).filter((person) => {
			const calls = of(rings, person).sort((a, b) => a.at - b.at);
			return calls.some(({ at }, index) => {
				const before = calls[index - 1];
				return before && (at < before.until || !known.has(before.callSid));
			});
		});
	},
	'nobody is called again who was reached': ({ rings }) => {
		return rings.filter(({ person, at, until, status }) => {
			return (
				status === 'success' && of(rings, person).some((next) => next.at > at && next.at >= until)
			);
		});
	},
	'nobody is called outside the hours, or after the deadline': ({ rings, given }) => {
		const window = { ...given.window, days: ALL_DAYS };
		return rings.filter(({ phoneNumber, at, row }) => {
			const number = parsePhoneNumberFromString(phoneNumber)!;
			const placed = { phoneNumber, country: number.country, numberType: number.getType() };
			const isLate = row.callUntil !== null && at > Date.parse(row.callUntil);
			return isLate || !checkCallingHours(placed, window, at).allowed;
		});
	},
	'nobody is called after a stop': ({ rings, stopped }) => {
		return rings.filter(({ person, at }) => at > (stopped.get(person) ?? Infinity));
	},
	'no more calls are in progress than allowed, however many runs there are': ({
		rings,
		known,
		given,
	}) => {
		const clear = rings.filter(({ callSid }) => known.has(callSid));
		return clear.filter(({ at }) => {
			return clear.filter((one) => one.at <= at && at < one.until).length > given.maxLiveCalls;
		});
	},
	'the campaign ends for everybody': ({ table }) => {
		return table.rows.filter(({ state }) => state !== 'ended');
	},
	'everybody is put out at least once, and once where no process has died': (world) => {
		return world.table.rows.filter(({ person }) => {
			const times = world.putOut.filter((one) => one.person === person).length;
			return times === 0 || (times > 1 && world.kills === 0);
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

function people(rings: readonly Ring[]): string[] {
	return [...new Set(rings.map(({ person }) => person))];
}

function of(rings: readonly Ring[], person: string): Ring[] {
	return rings.filter((ring) => ring.person === person);
}
