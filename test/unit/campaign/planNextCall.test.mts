import { attemptsOf, type CampaignRow } from '../../../nodes/shared/campaign/campaignRow.ts';
import { planNextCall, type CallingPlan } from '../../../nodes/shared/campaign/planNextCall.ts';
import { understood } from '../../support/unit/phoneNumbers/understood.mts';

const LONDON = understood('+442079460018');
/** In any of eleven time zones. */
const RUSSIAN_MOBILE = understood('+79161234567');
const TUESDAY = Date.parse('2026-07-14T12:00:00Z');

const plan: CallingPlan = {
	window: { from: '09:00', to: '20:00', days: ['monday', 'tuesday', 'wednesday'] },
	maxAttempts: 4,
	tryAgainAfter: [60, 180],
};

function next(
	attempts: number,
	callUntil?: string,
	{ window = plan.window, number = LONDON } = {},
) {
	const deadline = callUntil === undefined ? undefined : Date.parse(callUntil);
	const person = { attempts, callUntil: deadline };
	const planned = planNextCall(number, person, { ...plan, window }, TUESDAY);
	return 'at' in planned ? new Date(planned.at).toISOString() : planned;
}

test('who was not reached is called again after the pause of that call; the last pause repeats', () => {
	expect(next(1)).toBe('2026-07-14T13:00:00.000Z');
	expect(next(2)).toBe('2026-07-14T15:00:00.000Z');
	expect(next(3)).toBe('2026-07-14T15:00:00.000Z');
});

test('after the last call that is allowed there is no other', () => {
	expect(next(4)).toEqual({ outcome: 'notReached', reason: 'Not reached in 4 calls.' });
});

test('if someone has written words into the number of calls, there is no other, and they are named', () => {
	const attempts = attemptsOf({ attempts: 'three' } as unknown as CampaignRow);
	const reason = "'attempts' is not a number.";
	expect(next(attempts)).toEqual({ outcome: 'notReached', reason });
});

test('a pause that ends outside the hours ends when they begin', () => {
	const window = { from: '09:00', to: '13:30', days: plan.window.days };
	expect(next(1, undefined, { window })).toBe('2026-07-15T08:00:00.000Z');
});

test('a person whose hours never come ends as expired, with the reason, and is not called at any other time', () => {
	const window = { from: '09:00', to: '12:00', days: plan.window.days };
	expect(next(1, undefined, { window, number: RUSSIAN_MOBILE })).toEqual({
		outcome: 'expired',
		reason: expect.stringContaining('may be in any of 11 time zones'),
	});
});

test('the last moment that is allowed is still one, the next is not', () => {
	expect(next(1, '2026-07-14T13:00:00Z')).toBe('2026-07-14T13:00:00.000Z');
	expect(next(1, '2026-07-14T12:59:59Z')).toEqual({
		outcome: 'expired',
		reason: 'No call is placed after 2026-07-14T12:59:59.000Z.',
	});
});

test('a deadline that can’t be read is over', () => {
	expect(next(1, 'in summer')).toEqual({
		outcome: 'expired',
		reason: expect.stringContaining('No call is placed after'),
	});
});
