import { ALL_SPOKEN, send, SPOKEN, trigger } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LONDON = '+442079460123';

test.each([
	[403, 'Missing Authentication Token'],
	[404, 'Not Found'],
	[405, 'Method Not Allowed'],
] as const)(
	'an API version that is not served answers %d, as gateways do',
	async (code, message) => {
		for (const version of ALL_SPOKEN) {
			const others = ALL_SPOKEN.filter((other) => other !== version);
			const polyAi = await startPolyAi({ versions: others, unknownPath: code });
			const { status, json, headers } = await trigger(polyAi, LONDON, { version });
			expect(headers.get('x-polyai-correlation-id')).toBeNull();
			expect([version, status, json]).toEqual([version, code, { message }]);
			expect(polyAi.journal.dials).toEqual([]);
		}
	},
);

test('the gateway does not look at the token', async () => {
	const polyAi = await startPolyAi({ versions: ['g2'] });
	expect((await trigger(polyAi, LONDON, { headers: {} })).status).toBe(404);
});

test.each([
	['GET', SPOKEN.g1.trigger],
	['POST', '/v1/outbound-calling/trigger/'],
	['DELETE', '/v1/outbound-calling/OUT-1/status'],
	['GET', '/v2/anything'],
])('%s %s is unknown and recorded', async (method, path) => {
	const polyAi = await startPolyAi({ versions: [...ALL_SPOKEN] });
	expect((await send(polyAi, method, path)).status).toBe(404);
	expect(polyAi.journal.requests).toEqual([expect.objectContaining({ method, path })]);
	expect(polyAi.journal.counts.byOperation.unknown).toBe(1);
});
