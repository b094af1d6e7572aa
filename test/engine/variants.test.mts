import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { useFastClock } from '../support/engine/fastClock.mts';
import { searchList } from '../support/engine/listSearch.mts';
import { agentsCredentialFor, call, numbers, polyAi } from '../support/engine/polyAi.mts';

const [ANN] = numbers(1) as [string];

useFastClock();
beforeEach(() => polyAi.set({ versions: ['g3'] }));

async function search(filter?: string, credentials = agentsCredentialFor(polyAi)) {
	return await searchList({
		node: PolyAiOutbound,
		method: 'searchVariants',
		filter,
		credentials,
		parameters: {
			authentication: 'agentsApi',
			options: { variantId: { mode: 'list', value: '' } },
		},
	});
}

describe('the list of variants', () => {
	test('offers those of the agent by name, and says which is the default', async () => {
		polyAi.set({ variants: { 'VARIANT-2': 'Rome', 'VARIANT-1': 'Oslo', 'VARIANT-3': '' } });

		expect((await search()).results).toEqual([
			{ name: 'Oslo', value: 'VARIANT-1' },
			{ name: 'Rome (default)', value: 'VARIANT-2' },
			{ name: 'VARIANT-3', value: 'VARIANT-3' },
		]);
	});

	test.each(['lon', ' 1A2B '])('finds one by name or ID: %j', async (filter) => {
		const found = [{ name: 'London (default)', value: 'VARIANT-1a2b3c4d' }];
		expect((await search(filter)).results).toEqual(found);
	});

	test.each([401, 403, 404])(
		'says that the key may not read it, and what to do instead: %i',
		async (answer) => {
			polyAi.fault({ on: 'variants', answer });

			await expect(search()).rejects.toMatchObject({
				message: "PolyAI doesn't list variants to this API key",
				// n8n's list shows plain text.
				description: expect.stringMatching(/^Choose 'By ID'[^<]*$/),
			});
		},
	);

	test('says that no credential is chosen', async () => {
		await expect(search('', {})).rejects.toThrow('No credential for PolyAI Agents API is chosen');
	});

	test.each(['garbage', 503] as const)('does not wait long for PolyAI: %s', async (answer) => {
		polyAi.fault({ on: 'variants', answer });

		await expect(search()).rejects.toThrow(/PolyAI/);
		expect(polyAi.journal.requests).toHaveLength(1);
	});
});

test.each([
	['the list', { __rl: true, mode: 'list', value: 'VARIANT-7', cachedResultName: 'Oslo' }],
	['its ID', { __rl: true, mode: 'id', value: ' VARIANT-7 ' }],
	['an expression', { __rl: true, mode: 'id', value: '={{ "VARIANT-7" }}' }],
	['an expression in place of the whole field', '={{ "VARIANT-7" }}'],
	['a text, as it was saved before there was a list', 'VARIANT-7'],
])('a variant chosen by %s goes along with the call', async (_how, variantId) => {
	polyAi.set({ variants: { 'VARIANT-7': 'Oslo' } });
	await call([ANN], {
		credentials: agentsCredentialFor(polyAi),
		fields: { authentication: 'agentsApi' },
		options: { variantId },
	});

	expect(polyAi.journal.requests.map(({ body }) => body)).toEqual([
		{ toNumber: ANN, environment: 'live', variantId: 'VARIANT-7' },
	]);
});

test('a variant that was added and not chosen is left to PolyAI', async () => {
	await call([ANN], {
		credentials: agentsCredentialFor(polyAi),
		fields: { authentication: 'agentsApi' },
		options: { variantId: { __rl: true, mode: 'list', value: '' } },
	});

	expect(polyAi.journal.requests[0]?.body).toEqual({ toNumber: ANN, environment: 'live' });
});
