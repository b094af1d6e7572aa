import { wallClock } from '../../../nodes/n8n/wallClock.ts';

test('a wait does not grow longer when somebody sets the clock back', async () => {
	const anHourAgo = Date.now() - 3_600_000;
	const waiting = wallClock.sleep(5);
	jest.spyOn(Date, 'now').mockReturnValue(anHourAgo);
	await waiting;
	jest.restoreAllMocks();
});
