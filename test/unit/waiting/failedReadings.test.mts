import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import { answer } from '../../support/unit/sender.mts';
import { calling, success, watchOver } from '../../support/unit/waiting/waitFor.mts';

describe('when a look fails', () => {
	test('the call is looked at again, less and less often, and as before once it works', async () => {
		const { waitFor, looksAt } = watchOver((_, second) =>
			second < 60 ? answer(503) : second < 100 ? calling : success,
		);
		expect(await waitFor('A')).toMatchObject({ state: { status: 'success' } });
		const looks = looksAt('A');
		const pauses = looks.slice(1).map((look, index) => look - (looks[index] ?? 0));
		expect(pauses.slice(0, 5)).toEqual([3, 3, 4, 8, 16]);
		expect(pauses.slice(-3)).toEqual([3, 3, 3]);
	});

	test('the others are looked at as before', async () => {
		const { waitFor, looksAt } = watchOver((callSid, second) => {
			if (callSid === 'BAD') return new NoAnswer(true, 'reset');
			return second < 30 ? calling : success;
		});
		await Promise.all([waitFor('BAD', 1), waitFor('A')]);
		expect(looksAt('A')).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30]);
	});

	test('429 makes everybody wait, and no longer than PolyAI asks', async () => {
		const { waitFor, looksAt } = watchOver((callSid, second) => {
			if (callSid === 'A' && second === 3) return answer(429, {}, { 'retry-after': '20' });
			return second < 30 ? calling : success;
		});
		await Promise.all([waitFor('A'), waitFor('B')]);
		const later = looksAt('B').filter((second) => second > 3);
		expect(later[0]).toBe(23);
	});

	test.each([401, 403, 400])(
		'%i will not pass, so the wait ends and names the call',
		async (status) => {
			const { waitFor, looksAt } = watchOver(() => answer(status));
			await expect(waitFor('A')).rejects.toMatchObject({ details: { callSid: 'A' } });
			expect(looksAt('A')).toEqual([0]);
		},
	);

	test('by something unforeseen, the wait ends and the others go on', async () => {
		const { waitFor, sender } = watchOver((_, second) => (second < 9 ? calling : success), {
			lookers: 1,
		});
		const { send } = sender;
		sender.send = async (request) => {
			if (request.url.includes('/BAD/')) throw new Error('The credential is gone');
			return await send(request);
		};
		const bad = expect(waitFor('BAD')).rejects.toThrow('The credential is gone');
		expect(await waitFor('A')).toMatchObject({ state: { status: 'success' } });
		await bad;
	});
});

describe('a call that PolyAI does not know', () => {
	test('ends the wait', async () => {
		const { waitFor, looksAt } = watchOver(() => answer(404));
		await expect(waitFor('A')).rejects.toMatchObject({
			code: 'notFound',
			details: { callSid: 'A' },
		});
		expect(looksAt('A')).toEqual([0]);
	});

	test('is given a minute when it was placed just now', async () => {
		const { waitFor } = watchOver((_, second) => (second < 20 ? answer(404) : success));
		expect(await waitFor('A', 15, 1)).toMatchObject({ state: { status: 'success' } });
	});

	test('and no longer', async () => {
		const { waitFor, seconds } = watchOver(() => answer(404));
		await expect(waitFor('A', 15, 1)).rejects.toMatchObject({ code: 'notFound' });
		expect(seconds()).toBeGreaterThanOrEqual(60);
		expect(seconds()).toBeLessThanOrEqual(90);
	});
});
