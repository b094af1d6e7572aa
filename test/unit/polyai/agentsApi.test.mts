import { agentsJune2026 } from '../../../nodes/shared/polyai/versions/agentsJune2026.ts';

const version = agentsJune2026('PROJECT-1');
const PATH = '/v1/agents/PROJECT-1/telephony/outbound-calls';

test('places a call with number and environment, and with nothing that was not asked for', () => {
	expect(version.triggerPath).toBe(PATH);
	expect(version.triggerBody({ phoneNumber: '+442079460018' })).toEqual({
		toNumber: '+442079460018',
		environment: 'live',
	});
});

test('hands on what was asked for', () => {
	const call = { environment: 'sandbox', variantId: 'V-1', metadata: { name: 'Ann' } } as const;
	expect(version.triggerBody({ phoneNumber: '+442079460018', ...call })).toEqual({
		toNumber: '+442079460018',
		...call,
	});
});

test('asks for a status in the environment of the call, where live is the usual one', () => {
	expect(version.statusPath({ callSid: 'OUT-1', environment: 'pre-release' })).toBe(
		`${PATH}/OUT-1/status?environment=pre-release`,
	);
	expect(version.statusPath({ callSid: 'OUT-1' })).toBe(`${PATH}/OUT-1/status?environment=live`);
});

test('agent ID and call SID are data and no path', () => {
	const { triggerPath, statusPath } = agentsJune2026('a/b?c');
	expect(triggerPath).toBe('/v1/agents/a%2Fb%3Fc/telephony/outbound-calls');
	expect(statusPath({ callSid: '../x?y#z' })).toBe(
		`${triggerPath}/..%2Fx%3Fy%23z/status?environment=live`,
	);
});
