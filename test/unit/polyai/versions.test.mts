import { march2026 } from '../../../nodes/shared/polyai/versions/march2026.ts';
import { may2026 } from '../../../nodes/shared/polyai/versions/may2026.ts';

describe.each([
	['of March 2026', march2026, '/v1/outbound-calling/trigger'],
	['of May 2026', may2026, '/v1/outbound-calling'],
])('the API %s', (_, version, path) => {
	test('places a call with the number, and with nothing that was not asked for', () => {
		expect(version.triggerPath).toBe(path);
		expect(version.triggerBody({ phoneNumber: '+442079460018' })).toEqual({
			to_number: '+442079460018',
		});
	});

	test('hands metadata and encryption on as they are', () => {
		const metadata = { name: 'Ann' };
		expect(
			version.triggerBody({ phoneNumber: '+442079460018', metadata, encryption: 'TLS/RTP' }),
		).toEqual({ to_number: '+442079460018', metadata, encryption: 'TLS/RTP' });
	});

	test.each([
		['OUT-550e8400', 'OUT-550e8400'],
		['a/b?c#d', 'a%2Fb%3Fc%23d'],
		['../trigger', '..%2Ftrigger'],
		['a b%2F', 'a%20b%252F'],
		['Zoë', 'Zo%C3%AB'],
	])('reads the status of %s, which is data and no path', (callSid, segment) => {
		expect(version.statusPath({ callSid })).toBe(`/v1/outbound-calling/${segment}/status`);
	});

	test.each<[unknown, string | undefined]>([
		[{ callSid: '550e8400-e29b' }, '550e8400-e29b'],
		[{ call_sid: 'OUT-550e8400' }, 'OUT-550e8400'],
		[{ callSid: 'OUT-1', status: 'QUEUED' }, 'OUT-1'],
		[{ conversation_id: 'OUT-1' }, 'OUT-1'],
		[{ callSid: null, call_sid: 'OUT-1' }, 'OUT-1'],
		[{ callSid: '' }, undefined],
		[{ callSid: 42 }, undefined],
		[{ call: { callSid: 'OUT-1' } }, undefined],
		[[{ callSid: 'OUT-1' }], undefined],
		['OUT-1', undefined],
		[null, undefined],
	])('finds the call SID in %j', (body, callSid) => {
		expect(version.readCallSid(body)).toBe(callSid);
	});

	test.each<[unknown, unknown]>([
		[{ status: 'QUEUED' }, { status: 'queued' }],
		[
			{ callSid: 'OUT-1', status: 'failure', reason: 'busy line' },
			{ status: 'failure', reason: 'busy line' },
		],
		[{ status: 'exploded', reason: '' }, { status: 'unknown' }],
		[
			{ status: 'calling', created_at: '2026-11-23T12:00:00+02:00', last_updated: 'just now' },
			{ status: 'calling', createdAt: '2026-11-23T10:00:00.000Z', lastUpdated: 'just now' },
		],
		[{ status: 7 }, undefined],
		['success', undefined],
		[null, undefined],
	])('reads %j', (body, state) => expect(version.readState(body)).toEqual(state));
});
