import { countAsDoubtful } from '../../nodes/shared/polyai/reachability.ts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	call,
	credentialFor,
	dialed,
	errorOf,
	expectNobodyRungTwice,
	numbers,
	polyAi,
	run,
	speaking,
} from '../support/engine/polyAi.mts';

useFastClock();

const onError = 'continueRegularOutput';

const counts = () => polyAi.journal.counts.byOperation;

describe('a process that has never called at this address', () => {
	beforeEach(() => countAsDoubtful(polyAi.url));

	test.each(['g1', 'g2', 'g3'] as const)(
		'asks PolyAI for nobody’s call first, once, and places its calls then: %s',
		async (version) => {
			const { items } = await call(numbers(20), speaking(version));

			expect(items.map(({ json }) => json.status)).toEqual(Array(20).fill('queued'));
			expect(polyAi.journal.requests[0]?.operation).toBe('status');
			expect(counts().status).toBe(1);
			expect(dialed().sort()).toEqual(numbers(20).sort());
		},
	);

	test('500 rows behind a proxy that answers in PolyAI’s place: nobody is called, and each row says so', async () => {
		polyAi.fault({ answer: 502, body: 'html' });
		const { items } = await call(numbers(500), { onError });

		expect(items).toHaveLength(500);
		for (const [index, item] of items.entries()) {
			expect(errorOf(item)).toEqual({
				message: 'PolyAI could not be reached',
				code: 'unreachable',
				description:
					'No call was placed. Something between n8n and PolyAI answered in its place, such as a proxy or a gateway. Try again later. If it goes on, check the region or the base URL in the credential, or ask whoever runs your network.',
				phoneNumber: numbers(500)[index],
			});
		}
		expect(counts().trigger).toBe(0);
	});

	test('500 rows and no encryption that can be trusted: nobody is called, and each row says so', async () => {
		const { items } = await call(numbers(500), {
			credentials: {
				polyAiApi: { region: 'custom', baseUrl: `https://127.0.0.1:${polyAi.port}`, token: 'x' },
			},
			onError,
		});

		expect(new Set(items.map((item) => errorOf(item).code))).toEqual(new Set(['unreachable']));
		expect(items).toHaveLength(500);
		expect(polyAi.journal.requests).toEqual([]);
	});

	test('a refused token is told as ever', async () => {
		const credentials = credentialFor(polyAi, { token: 'another one' });
		const { items } = await call(numbers(1), { credentials, onError });

		expect(errorOf(items[0] ?? { json: {} }).code).toBe('unauthorized');
	});

	test('Get Status asks for nothing but its own call', async () => {
		await run({ operation: 'getStatus', items: [{ callSid: 'some' }], onError });

		expect(polyAi.journal.requests.map(({ callSid }) => callSid)).toEqual(['some']);
	});
});

test.each([
	{ answer: 'reset' },
	{ answer: 502, body: 'html' },
	{ answer: 503, body: 'empty' },
	{ answer: 500, body: 'gateway' },
] as const)(
	'PolyAI takes every call and its answers are lost (%j): few may have been placed, the others were not',
	async (effect) => {
		polyAi.fault({ on: 'trigger', ...effect, dials: true });
		polyAi.fault({ on: 'status', ...effect });
		const { items } = await call(numbers(60), { onError });

		const codes = items.map((item) => errorOf(item).code);
		const unknown = codes.filter((code) => code === 'outcomeUnknown');
		expect(unknown.length).toBeLessThanOrEqual(5);
		expect(codes.filter((code) => code === 'unreachable')).toHaveLength(60 - unknown.length);
		expect(dialed()).toHaveLength(unknown.length);
		expectNobodyRungTwice();
	},
);

test('after one lost answer PolyAI is asked, and the other calls are placed', async () => {
	polyAi.fault({ on: 'trigger', times: 1, answer: 'reset', dials: true });
	const { items } = await call(numbers(9), { onError, options: { maxConcurrency: 1 } });

	expect(errorOf(items[0] ?? { json: {} }).code).toBe('outcomeUnknown');
	expect(items.slice(1).map(({ json }) => json.status)).toEqual(Array(8).fill('queued'));
	expect(counts()).toMatchObject({ trigger: 9, status: 1 });
	expectNobodyRungTwice();
});
