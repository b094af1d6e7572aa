import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import type { ErrorShape } from '../simulator/faults/errorBodies.mts';
import type { FaultEffect } from '../simulator/faults/fault.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	call,
	dialed,
	errorOf,
	numbers,
	polyAi,
	run,
	type ShownError,
} from '../support/engine/polyAi.mts';

useFastClock();

const [number] = numbers(1) as [string];
const ONE_SECOND = { requestTimeout: 1 };

const TOKEN =
	'Open the credential and check the token and the region. If both are right, ask PolyAI whether outbound calling is set up for this token.';
const RIGHTS = 'Ask PolyAI whether outbound calling is set up for it.';
const NOT_FOUND =
	'Check the region or the base URL in the credential. If they are right, ask PolyAI whether outbound calling is set up for your project.';
const LATER = 'Try again later. If it goes on, tell PolyAI’s support, with the correlation ID.';
const MOVED =
	'The server sent n8n on to another address, where the credential must not go. Check the region or the base URL in the credential.';
const UNKNOWN = "PolyAI didn't confirm whether this call was placed";

function unknownBecause(because: string): string {
	return `${because}. The call was not sent again, so that nobody is phoned twice. Check in PolyAI’s Agent Studio whether it took place before you place it once more.`;
}

async function failure(effect: FaultEffect, options = {}): Promise<ShownError> {
	polyAi.fault({ on: 'trigger', ...effect });
	const result = await call([number], {
		options: { ...ONE_SECOND, ...options },
		onError: 'continueRegularOutput',
	});
	expect(result.items).toHaveLength(1);
	return errorOf(result.items[0] ?? { json: {} });
}

/** What PolyAI's support asks for, as the last answer carried it. */
function lastCorrelationId(): unknown {
	return polyAi.journal.requests.at(-1)?.answer?.headers['x-polyai-correlation-id'];
}

describe('refused, and certainly not placed', () => {
	test.each<[FaultEffect, string, string, string, number]>([
		[
			{ answer: 400 },
			'badRequest',
			"PolyAI didn't accept the request: The request is not valid",
			'Check the values of this item.',
			1,
		],
		[
			{ answer: 401 },
			'unauthorized',
			'PolyAI refused the token: The token is missing or not valid',
			TOKEN,
			1,
		],
		// 403 and 404 may mean that the path is unknown: the other path is tried.
		[
			{ answer: 403 },
			'unauthorized',
			"This token doesn't have permission to place or read calls: This is not allowed",
			RIGHTS,
			2,
		],
		[{ answer: 404 }, 'notFound', 'PolyAI has nothing at this address: Not found', NOT_FOUND, 2],
		[
			{ answer: 500 },
			'serverError',
			'PolyAI is temporarily unavailable: The call could not be queued',
			LATER,
			5,
		],
		[
			{ answer: 307, location: '/elsewhere' },
			'unreachable',
			'PolyAI was not found at this address',
			MOVED,
			1,
		],
	])('%j: %s', async (effect, code, message, description, requests) => {
		expect(await failure(effect)).toEqual({
			message,
			code,
			description: `No call was placed. ${description}`,
			phoneNumber: number,
			correlationId: lastCorrelationId(),
		});
		expect(polyAi.journal.requests).toHaveLength(requests);
		expect(dialed()).toEqual([]);
	});
});

test('a pause of a day ends all items at once, those that were not sent included, and says until when', async () => {
	polyAi.fault({ on: 'trigger', answer: 429, retryAfter: 86_400 });
	const { items } = await call(numbers(30), { onError: 'continueRegularOutput' });

	const { at } = polyAi.journal.requests[0]!;
	const nextDay = new Date(at + 86_400_000).toISOString().slice(0, 10);
	for (const item of items) {
		expect(errorOf(item)).toMatchObject({
			message: "PolyAI's rate limit is exceeded: Too many requests",
			code: 'rateLimited',
			description: expect.stringMatching(
				`^No call was placed\\. PolyAI takes no requests until ${nextDay} \\d\\d:\\d\\d UTC\\.`,
			) as string,
		});
	}
	expect(items).toHaveLength(30);
	expect(polyAi.journal.requests.length).toBeLessThanOrEqual(5);
	expect(dialed()).toEqual([]);
});

describe('may have been placed: said in words, and never sent again', () => {
	const GATEWAY =
		'A server between n8n and PolyAI answered in its place, maybe after PolyAI had taken the call';
	const UNCLEAR = 'PolyAI’s answer does not say whether it took the call';
	const BROKEN = 'The connection broke after the request had been sent';
	const UNREADABLE = 'PolyAI’s answer could not be read';

	test.each<[FaultEffect, string]>([
		[{ answer: 'never' }, 'PolyAI did not answer in time'],
		[{ answer: 'reset' }, BROKEN],
		[{ answer: 'hangUp' }, BROKEN],
		[{ answer: 'truncated' }, BROKEN],
		...[500, 502, 503, 504, 520].flatMap((answer) =>
			(['html', 'empty', 'gateway'] as const).map((body): [FaultEffect, string] => [
				{ answer, body },
				GATEWAY,
			]),
		),
		[{ answer: 502 }, UNCLEAR],
		[{ answer: 503 }, UNCLEAR],
		[{ answer: 599 }, UNCLEAR],
		[{ answer: 408 }, UNCLEAR],
		[{ answer: 'garbage' }, UNREADABLE],
		[{ answer: 'empty' }, UNREADABLE],
	])('%j', async (effect, because) => {
		const error = await failure({ ...effect, dials: true });

		expect({ ...error, correlationId: undefined }).toEqual({
			message: UNKNOWN,
			code: 'outcomeUnknown',
			description: unknownBecause(because),
			phoneNumber: number,
		});
		expect(polyAi.journal.requests).toHaveLength(1);
		expect(dialed()).toEqual([number]);
	});

	test('an answer that came carries the correlation id', async () => {
		const error = await failure({ answer: 504, dials: true });

		expect(error.correlationId).toBe(lastCorrelationId());
	});
});

describe('nothing was sent', () => {
	async function unusedPort(): Promise<number> {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		await new Promise((resolve) => server.close(resolve));
		return port;
	}

	test.each([
		[
			async () => `http://127.0.0.1:${await unusedPort()}`,
			'The connection was refused. Check the base URL in the credential.',
		],
		[
			async () => `https://127.0.0.1:${polyAi.port}`,
			'Its certificate could not be trusted. Check the base URL in the credential, or ask whoever runs your network.',
		],
	])('%s', async (url, why) => {
		const { items } = await call([number], {
			credentials: { polyAiApi: { region: 'custom', baseUrl: await url(), token: 'x' } },
			onError: 'continueRegularOutput',
		});

		expect(errorOf(items[0] ?? { json: {} })).toEqual({
			message: 'PolyAI could not be reached',
			code: 'unreachable',
			description: `No call was placed. ${why}`,
			phoneNumber: number,
		});
		expect(polyAi.journal.requests).toEqual([]);
	});

	test('a credential whose address cannot be used makes every item fail, in words', async () => {
		const { items } = await call(numbers(2), {
			credentials: {
				polyAiApi: { region: 'custom', baseUrl: 'http://polyai.example', token: 'x' },
			},
			onError: 'continueRegularOutput',
		});

		expect(items.map(errorOf)).toEqual(
			Array(2).fill({
				message: 'The base URL in the PolyAI API credential cannot be used',
				code: 'badRequest',
				description: expect.stringContaining('beginning with https://'),
			}),
		);
	});
});

describe('sent again until it works, and dialed once', () => {
	test.each<FaultEffect>([
		{ answer: 429, retryAfter: 2 },
		{ answer: 429, retryAfter: 2, retryAfterAs: 'date' },
		{ answer: 429 },
		{ answer: 500 },
		{ answer: 500, retryAfter: 1 },
	])('%j', async (effect) => {
		polyAi.fault({ on: 'trigger', times: 2, ...effect });
		const { items } = await call([number]);

		expect(items[0]?.json).toMatchObject({ status: 'queued', phoneNumber: number });
		expect(dialed()).toEqual([number]);
		expect(polyAi.journal.requests).toHaveLength(3);
	});

	test('PolyAI’s server error is not when the option is off', async () => {
		const error = await failure({ answer: 500 }, { retryServerErrors: false });

		expect(error).toMatchObject({
			code: 'serverError',
			description: expect.stringContaining('No call was placed.'),
		});
		expect(polyAi.journal.requests).toHaveLength(1);
	});
});

test.each<[ErrorShape, string]>([
	['flat', "PolyAI didn't accept the request: That number is asleep"],
	['envelope', "PolyAI didn't accept the request: That number is asleep"],
	['nested', "PolyAI didn't accept the request: That number is asleep"],
	['message', "PolyAI didn't accept the request: That number is asleep"],
	['fields', "PolyAI didn't accept the request: Validation failed: body That number is asleep"],
	['html', "PolyAI didn't accept the request"],
	['empty', "PolyAI didn't accept the request"],
])('PolyAI’s own message is shown out of an error body of the shape %s', async (body, message) => {
	const error = await failure({ answer: 400, body, message: 'That number is asleep' });

	expect(error.message).toBe(message);
});

describe('without "Continue", the workflow stops with n8n’s own errors', () => {
	test('an answer of PolyAI: NodeApiError with item, status, code and correlation id', async () => {
		polyAi.fault({ on: 'trigger', numbers: [number], answer: 400 });
		const { error } = await call([...numbers(3).slice(1), number]);

		expect(error).toMatchObject({
			name: 'NodeApiError',
			message: "PolyAI didn't accept the request: The request is not valid",
			httpCode: '400',
			context: { itemIndex: 2, code: 'badRequest' },
		});
		const failed = polyAi.journal.requests.find(({ answer }) => answer?.status === 400);
		const id = failed?.answer?.headers['x-polyai-correlation-id'];
		expect(error).toMatchObject({ description: expect.stringContaining(String(id)) });
	});

	test('no answer of PolyAI: NodeOperationError with item and code', async () => {
		polyAi.fault({ on: 'trigger', answer: 'reset', dials: true });
		const { error } = await call([number]);

		expect(error).toMatchObject({
			name: 'NodeOperationError',
			message: UNKNOWN,
			context: { itemIndex: 0, code: 'outcomeUnknown' },
			description: expect.stringContaining(
				unknownBecause('The connection broke after the request had been sent'),
			),
		});
	});

	test.each(['socket ECONNREFUSED upstream', 'EACCES: queue locked'])(
		'words of PolyAI that look like a system’s code are shown all the same: %s',
		async (message) => {
			polyAi.fault({ on: 'trigger', answer: 400, message });
			const { error } = await call([number]);

			expect(error?.message).toBe(`PolyAI didn't accept the request: ${message}`);
		},
	);
});

test('a bad option is explained', async () => {
	const { items } = await run({
		items: [{ phone: number }],
		options: { maxConcurrency: '={{ "many" }}' },
		onError: 'continueRegularOutput',
	});

	expect(errorOf(items[0] ?? { json: {} })).toEqual({
		message: "'Max Concurrency' must be a number from 1 to 100",
		code: 'badRequest',
		description: 'Enter such a number, or let the expression give one.',
	});
});
