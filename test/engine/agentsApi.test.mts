import type { IDataObject } from 'n8n-workflow';

import { wrongExchanges } from '../support/unit/simulator/wrongExchanges.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	agentsCredentialFor,
	call,
	credentialFor,
	dialed,
	errorOf,
	numbers,
	polyAi,
	run,
	sidsOf,
	type Run,
} from '../support/engine/polyAi.mts';

useFastClock();

const [ANN] = numbers(1) as [string];
const CALLS = '/v1/agents/PROJECT-SIMULATOR/telephony/outbound-calls';

beforeEach(() => polyAi.set({ versions: ['g3'], queuedMs: 0, callingMs: 0 }));
afterEach(() => expect(wrongExchanges(polyAi.journal)).toEqual([]));

/** What is filled in for the Agents API. */
function agents({ fields, ...given }: Run = {}): Run {
	return {
		credentials: agentsCredentialFor(polyAi),
		fields: { authentication: 'agentsApi', ...fields },
		...given,
	};
}

const bodies = () => polyAi.journal.requests.map(({ body }) => body);

test('a call is placed in the live environment unless another is chosen', async () => {
	const { items } = await call([ANN], agents());

	expect(bodies()).toEqual([{ toNumber: ANN, environment: 'live' }]);
	expect(items[0]?.json).toMatchObject({ status: 'queued', phoneNumber: ANN });
	expect(sidsOf(items)).toEqual(polyAi.journal.dials.map(({ callSid }) => callSid));
});

test('every item may have an environment of its own, however it is written', async () => {
	const rows = ['sandbox', 'pre-release', ' Live ', ''];
	await run(
		agents({
			items: rows.map((environment, row) => ({ phone: numbers(4)[row], environment })),
			fields: { environment: '={{ $json.environment }}' },
			options: { maxConcurrency: 1 },
		}),
	);

	expect(polyAi.journal.dials.map(({ environment }) => environment)).toEqual([
		'sandbox',
		'pre-release',
		'live',
		'live',
	]);
});

test('a word that is no environment is refused before anything is sent', async () => {
	const { items } = await call(
		[ANN],
		agents({ fields: { environment: '={{ "production" }}' }, onError: 'continueRegularOutput' }),
	);

	expect(errorOf(items[0]!)).toMatchObject({
		code: 'badRequest',
		message: "'Environment' must be one of: sandbox, pre-release, live",
	});
	expect(polyAi.journal.requests).toEqual([]);
});

test('the variant goes along when one is chosen', async () => {
	polyAi.set({ variants: { 'VARIANT-7': 'Oslo' } });
	await call([ANN], agents({ options: { variantId: ' VARIANT-7 ' } }));

	expect(bodies()).toEqual([{ toNumber: ANN, environment: 'live', variantId: 'VARIANT-7' }]);
});

test('with a token, what was once chosen for the Agents API is not sent', async () => {
	polyAi.set({ versions: ['g2'] });
	await call([ANN], {
		credentials: credentialFor(polyAi),
		fields: { authentication: 'apiToken', environment: 'sandbox' },
		options: { variantId: 'VARIANT-7' },
	});

	expect(bodies().at(-1)).toEqual({ to_number: ANN });
});

describe.each(['sandbox', 'live'])('a call that was placed in %s', (environment) => {
	const inIt = (given: Run) => agents({ ...given, fields: { environment } });
	const items = async () => [{ callSid: sidsOf((await call([ANN], inIt({}))).items)[0] as string }];

	test('is waited for there', async () => {
		const { items: ended } = await call([ANN], inIt({ operation: 'triggerAndWait' }));

		expect(ended[0]?.json).toMatchObject({ status: 'success', isFinal: true, timedOut: false });
		expect(polyAi.journal.requests.at(-1)?.path).toMatch(
			new RegExp(`^${CALLS}/OUT-[^/]+/status\\?environment=${environment}$`),
		);
	});

	test.each(['getStatus', 'waitForResult'])('is found there by %s', async (operation) => {
		const found = await run(inIt({ operation, items: await items() }));

		expect(found.items[0]?.json).toMatchObject({ status: 'success', isFinal: true });
	});

	test('is unknown in another environment, and that is said', async () => {
		const found = await run({
			...agents({ fields: { environment: 'pre-release' }, onError: 'continueRegularOutput' }),
			operation: 'getStatus',
			items: await items(),
		});

		const { code, description } = errorOf(found.items[0]!);
		expect(code).toBe('notFound');
		expect(description).toContain('placed in the environment pre-release');
	});
});

describe('what PolyAI refuses', () => {
	const failure = async (given: Run = {}) => {
		const result = await call([ANN], agents({ ...given, onError: 'continueRegularOutput' }));
		expect(result.items).toHaveLength(1);
		return errorOf(result.items[0]!);
	};

	test('an environment without a connector: what to do is said, and nothing else is tried', async () => {
		polyAi.set({ environments: ['live'] });

		expect(await failure({ fields: { environment: 'sandbox' } })).toMatchObject({
			code: 'notFound',
			message:
				'PolyAI has no outbound calling for this agent and environment: No outbound connector for environment sandbox',
			description:
				'No call was placed. Check the environment, and the agent ID and the region in the credential. If they are right, ask PolyAI to set up outbound calling for this environment of the agent.',
			phoneNumber: ANN,
		});
		expect(polyAi.journal.requests).toHaveLength(1);
	});

	test('a key that may not do this', async () => {
		polyAi.fault({ on: 'trigger', answer: 403 });

		const { code, description } = await failure();
		expect(code).toBe('unauthorized');
		expect(description).toMatch(/^No call was placed\. Check the agent ID in the credential/);
		expect(polyAi.journal.requests).toHaveLength(1);
	});

	test('502 means that it was not placed, so it is tried again and rings once', async () => {
		polyAi.fault({ on: 'trigger', answer: 502, times: 2 });
		const { items } = await call([ANN], agents());

		expect(items[0]?.json).toMatchObject({ status: 'queued' });
		expect(polyAi.journal.requests).toHaveLength(3);
		expect(dialed()).toEqual([ANN]);
	});

	test('502 is final for who wants it so', async () => {
		polyAi.fault({ on: 'trigger', answer: 502 });

		const options: IDataObject = { retryServerErrors: false };
		expect(await failure({ options: options as Run['options'] })).toMatchObject({
			code: 'serverError',
		});
		expect(polyAi.journal.requests).toHaveLength(1);
	});

	test.each(['reset', 504] as const)(
		'%s: nobody knows, so it is not sent again',
		async (answer) => {
			polyAi.fault({ on: 'trigger', answer, dials: true });

			expect(await failure()).toMatchObject({ code: 'outcomeUnknown' });
			expect(dialed()).toEqual([ANN]);
		},
	);
});
