import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { call, credentialFor, errorOf, parametersFor, polyAi } from '../support/engine/polyAi.mts';
import { runNode } from '../support/engine/runNode.mts';

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
		message: "“Britain” in 'Default Country' is not a country code",
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
				"Choose another one under 'Operation'. For other requests to PolyAI use the HTTP Request node.",
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

describe('"If Invalid" set to "Return Item as Invalid"', () => {
	const returningInvalid = { ...validating, options: { ifInvalid: 'returnInvalid' } };

	test('every item comes out, says whether it can be called, and if not, why', async () => {
		const cells = ['020 7946 0018', '12', '05.10.1986', '', '+44 909 8790000', '+8816 1234 5678'];
		const { items } = await call(cells, returningInvalid);

		expect(items.map(({ json }) => json)).toEqual([
			expect.objectContaining({ isValid: true, phoneNumber: '+442079460018', country: 'GB' }),
			{
				isValid: false,
				reason: '“12” is too short for a phone number in GB',
				description: 'Check for missing digits.',
				code: 'invalidPhoneNumber',
				phoneNumber: '12',
			},
			{
				isValid: false,
				reason: '“05.10.1986” is a date or time, not a phone number',
				description: 'Check which column it comes from.',
				code: 'invalidPhoneNumber',
				phoneNumber: '05.10.1986',
			},
			{
				isValid: false,
				reason: 'The phone number is empty',
				description: "Fill in 'Phone Number', or leave this item out.",
				code: 'invalidPhoneNumber',
			},
			{
				isValid: false,
				reason: '+449098790000 is a premium-rate number',
				description: expect.stringContaining("'Allow Premium Numbers'"),
				code: 'notAllowed',
				phoneNumber: '+449098790000',
			},
			expect.objectContaining({ isValid: false, code: 'notAllowed' }),
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(cells.map((_, item) => ({ item })));
	});

	test('a field that is not filled in right is still an error', async () => {
		const { error } = await call(['020 7946 0018'], {
			...returningInvalid,
			fields: { defaultCountry: '={{ "Britain" }}' },
		});

		expect(error?.message).toBe("“Britain” in 'Default Country' is not a country code");
	});
});

test.each([
	['a list of one', ['+447400123456'], '+447400123456'],
	['a number', 447400123456, '+447400123456'],
])('the expression may give %s', async (_, phone, phoneNumber) => {
	const { items } = await call([phone as unknown as string], validating);

	expect(items[0]?.json).toMatchObject({ phoneNumber });
});

test('a list says which expression chooses one of its entries', async () => {
	const { items } = await call([[{ value: '+447400123456', label: 'work' }] as unknown as string], {
		...validating,
		onError: 'continueRegularOutput',
	});

	expect(errorOf(items[0] ?? { json: {} })).toMatchObject({
		code: 'invalidPhoneNumber',
		description: expect.stringContaining('{{ $json.phone[0].value }}'),
	});
});

test.each(['trigger', 'triggerAndWait'])(
	'%s reads numbers as Validate does, and calls no one that Validate refuses',
	async (operation) => {
		const cells = [
			'05.10.1986',
			'020 7946 0018 / 19',
			'33 6 17 15 35 73',
			'1234567890',
			'N/A',
			'12',
		];
		const checked = await call(cells, { ...validating, onError: 'continueRegularOutput' });
		const called = await call(cells, { operation, onError: 'continueRegularOutput' });

		expect(called.items.map(errorOf)).toEqual(checked.items.map(errorOf));
		expect(called.items.map((item) => errorOf(item).code)).toEqual(
			cells.map(() => 'invalidPhoneNumber'),
		);
		expect(polyAi.journal.requests).toEqual([]);
	},
);
