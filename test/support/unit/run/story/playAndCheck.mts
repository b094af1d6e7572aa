import * as n8nWorkflow from 'n8n-workflow';
import * as atWork from './atWork.mts';
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
		jest.doMock('n8n-workflow', () => ({ ...n8nWorkflow, sleep: atWork.sleepAtWork }));
		// Node.js never lets go of such a storage, and each one makes every promise slower.
		jest.doMock('./atWork.mts', () => atWork);
		const { play } = require('./play.mts') as typeof import('./play.mts');
		const { PROMISES } = require('./promises.mts') as typeof import('./promises.mts');
		jest.dontMock('n8n-workflow');
		jest.dontMock('./atWork.mts');
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
