import * as fc from 'fast-check';
import { loadPlayer, type PlayAndCheck } from '../../support/unit/run/story/playAndCheck.mts';
import { shortStory, story, type Story } from '../../support/unit/run/story/story.mts';
import { Tally } from '../../support/unit/run/story/tally.mts';

/**
 * `RUNS=100000 npx jest nobodyRungTwice` plays more stories, with another `SEED` others. A story that
 * fails is printed with its seed and path: `SEED=<seed> STORY=<path>` plays it alone.
 */
const { SEED = '20261123', STORY } = process.env;
const RUNS = Number(process.env.RUNS ?? 2000);

/** Each of them is played once for every point of its life, which are hundreds. */
const SHORT_STORIES = Math.ceil(RUNS / 200);

/** Stories of one seed. */
const CHUNK = 1000;

jest.setTimeout(120_000 + RUNS * 200);

/** Plays so many stories, a chunk of them with each seed. */
async function playStories<Told>(
	count: number,
	told: fc.Arbitrary<Told>,
	chunk: number,
	check: (story: Told, playAndCheck: PlayAndCheck) => Promise<void>,
): Promise<void> {
	let seed = Number(SEED);
	for (let left = STORY === undefined ? count : 1; left > 0; left -= chunk) {
		const player = loadPlayer();
		const property = fc.asyncProperty(told, async (one) => await check(one, player));
		const numRuns = Math.min(left, chunk);
		await fc.assert(property, {
			seed: seed++,
			numRuns,
			...(STORY !== undefined && { path: STORY }),
		});
	}
}

test('whatever goes wrong, nobody is rung twice and nobody is left out', async () => {
	const tally = new Tally();
	await playStories(RUNS, story, CHUNK, async (given, playAndCheck) => {
		tally.count(await playAndCheck(given));
	});
	if (STORY === undefined) tally.expectEverythingOften();
});

test('nor if n8n is killed between any two moments of a run that is then repeated', async () => {
	await playStories(SHORT_STORIES, shortStory, CHUNK / 100, async (given, playAndCheck) => {
		const [process] = (await playAndCheck(given)).processes;
		for (let at = 0; at < (process?.points ?? 0); at++) {
			const killed: Story = { ...given, blows: [{ kind: 'killed', at }] };
			await playAndCheck(killed).catch(async (error: Error) => {
				error.message = `Killed at point ${at}: ${error.message}`;
				await Promise.reject(error);
			});
		}
	});
});
