import { secret, send } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';
import { wrongExchanges } from '../../support/unit/simulator/wrongExchanges.mts';

const pathOf = (agentId: string, branchId: string) => {
	return `/v1/agents/${agentId}/branches/${branchId}/variants`;
};
const VARIANTS = pathOf('PROJECT-SIMULATOR', 'main');

test('the variants of an agent come with their names, the default one marked', async () => {
	const polyAi = await startPolyAi({
		versions: ['g3'],
		variants: { 'V-1': 'Rome', 'V-2': 'Oslo' },
	});
	const { status, json } = await send(polyAi, 'GET', VARIANTS, { headers: secret(polyAi, 'g3') });
	expect(status).toBe(200);
	expect(json).toEqual({
		variants: [
			{ id: 'V-1', name: 'Rome', isDefault: true, attributeValues: { values: {} } },
			{ id: 'V-2', name: 'Oslo', isDefault: false, attributeValues: { values: {} } },
		],
	});
	expect(wrongExchanges(polyAi.journal)).toEqual([]);
});

test.each([
	['another agent', pathOf('PROJECT-OTHER', 'main')],
	['another branch', pathOf('PROJECT-SIMULATOR', 'draft')],
])('%s is not found', async (_what, path) => {
	const polyAi = await startPolyAi({ versions: ['g3'] });
	const { status } = await send(polyAi, 'GET', path, { headers: secret(polyAi, 'g3') });
	expect(status).toBe(404);
});

test('without the key nobody reads them, and a key may lack the permission', async () => {
	const polyAi = await startPolyAi({ versions: ['g3'] });
	expect((await send(polyAi, 'GET', VARIANTS)).status).toBe(401);
	polyAi.fault({ on: 'variants', answer: 403, message: 'Forbidden' });
	const { status } = await send(polyAi, 'GET', VARIANTS, { headers: secret(polyAi, 'g3') });
	expect(status).toBe(403);
});
