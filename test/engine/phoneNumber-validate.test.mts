import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { call, credentialFor, errorOf, parametersFor, polyAi } from './polyAi.mts';
import { runNode } from './runNode.mts';

const validating = { operation: 'validate', credentials: {} };

test('a number is understood without a credential, and nothing is sent', async () => {
	const { items } = await call(['020 7946 0018'], validating);

	expect(items).toEqual([
		{
			json: {
				phoneNumber: '+442079460018',
				country: 'GB',
				numberType: 'FIXED_LINE',
				nationalFormat: '020 7946 0018',
				internationalFormat: '+44 20 7946 0018',
			},
			pairedItem: { item: 0 },
		},
	]);
	expect(polyAi.journal.requests).toEqual([]);
});

test('a number of no country has no country', async () => {
	const { items } = await call(['+800 1234 5678'], validating);

	expect(items[0]?.json).toMatchObject({ phoneNumber: '+80012345678' });
	expect(items[0]?.json).not.toHaveProperty('country');
});

test('bad numbers are explained and good ones come out', async () => {
	const { items, errorItems } = await call(['020 7946 0018', '12', '+44 909 8790000'], {
		...validating,
		onError: 'continueErrorOutput',
	});

	expect(items.map(({ json }) => json.phoneNumber)).toEqual(['+442079460018']);
	expect(errorItems.map(({ json }) => json)).toEqual([
		{
			phone: '12',
			error: {
				message: '“12” is too short for a phone number in GB',
				code: 'invalidPhoneNumber',
				description: 'Check for missing digits.',
				phoneNumber: '12',
			},
		},
		{
			phone: '+44 909 8790000',
			error: expect.objectContaining({ code: 'notAllowed', phoneNumber: '+449098790000' }),
		},
	]);
});

test('a default country that is none is explained', async () => {
	const { items } = await call(['020 7946 0018'], {
		...validating,
		fields: { defaultCountry: '={{ "Britain" }}' },
		onError: 'continueRegularOutput',
	});

	expect(errorOf(items[0] ?? { json: {} })).toEqual({
		message: '“Britain” in Default Country is not a country code',
		code: 'badRequest',
		description: 'Write the two letters of the country, for example US, GB or DE.',
	});
});

describe('an operation that the node does not know, as n8n’s "Custom API Call"', () => {
	const chosen = {
		node: PolyAiOutbound,
		parameters: { ...parametersFor({}), operation: '__CUSTOM_API_CALL__' },
		items: [{ phone: '020 7946 0018' }],
	};

	test('is refused, and nothing is sent', async () => {
		const { error, status } = await runNode({ ...chosen, credentials: credentialFor(polyAi) });

		expect(status).toBe('error');
		expect(error).toMatchObject({
			message: 'This operation does not exist',
			description:
				'Choose another one under Operation. For other requests to PolyAI use the HTTP Request node.',
		});
		expect(polyAi.journal.requests).toEqual([]);
	});

	test('makes every item fail with "Continue", so that none passes for a success', async () => {
		const { items, errorItems } = await runNode({
			...chosen,
			credentials: credentialFor(polyAi),
			onError: 'continueErrorOutput',
		});

		expect(items).toEqual([]);
		expect(errorItems.map(({ json }) => json.error)).toMatchObject([{ code: 'badRequest' }]);
	});
});
