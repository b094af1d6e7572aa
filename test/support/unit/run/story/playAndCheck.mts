import * as n8nWorkflow from 'n8n-workflow';
import type { Played } from './play.mts';
import type { Story } from './story.mts';

/** Plays a story, and fails if it breaks a promise. */
export type PlayAndCheck = (given: Story) => Promise<Played>;

/**
 * Plays stories with modules of their own: what those remember of processes that were killed can be
 * let go of with them.
 */
export function loadPlayer(): PlayAndCheck {
	let player: PlayAndCheck | undefined;
	jest.isolateModules(() => {
		const { sleepAtWork } = require('./process.mts') as typeof import('./process.mts');
		jest.doMock('n8n-workflow', () => ({ ...n8nWorkflow, sleep: sleepAtWork }));
		const { play } = require('./play.mts') as typeof import('./play.mts');
		const { PROMISES } = require('./promises.mts') as typeof import('./promises.mts');
		jest.dontMock('n8n-workflow');
		player = async (given) => {
			const played = await play(given);
			const broken = Object.entries(PROMISES)
				.map(([promise, breaches]) => [promise, breaches(played)] as const)
				.filter(([, breaches]) => breaches.length > 0);
			expect(Object.fromEntries(broken)).toEqual({});
			return played;
		};
	});
	return player as PlayAndCheck;
}
