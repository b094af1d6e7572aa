import type { ErrorShape } from '../simulator/faults/errorBodies.mts';
import type { FaultEffect } from '../simulator/faults/fault.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	call,
	errorOf,
	numbers,
	polyAi,
	run,
	sidsOf,
	type ShownError,
} from '../support/engine/polyAi.mts';

useFastClock();

let callSid: string;

beforeEach(async () => {
	callSid = String(sidsOf((await call(numbers(1))).items)[0]);
});

async function getStatus() {
	const result = await run({
		operation: 'getStatus',
		items: [{ callSid }],
		options: { requestTimeout: 1 },
		onError: 'continueRegularOutput',
	});
	return result.items[0] ?? { json: {} };
}

async function failure(effect: FaultEffect): Promise<ShownError> {
	polyAi.fault({ on: 'status', ...effect });
	return errorOf(await getStatus());
}

function looks() {
	return polyAi.journal.requests.filter(({ operation }) => operation === 'status');
}

describe('what a later look may tell is asked again', () => {
	test.each<FaultEffect>([
		{ answer: 429, retryAfter: 1 },
		{ answer: 408 },
		{ answer: 500 },
		{ answer: 502, body: 'html' },
		{ answer: 503 },
		{ answer: 504 },
		{ answer: 'reset' },
		{ answer: 'hangUp' },
		{ answer: 'garbage' },
		{ answer: 'empty' },
		{ answer: 'truncated' },
		{ answer: 'never' },
	])('%j', async (effect) => {
		polyAi.fault({ on: 'status', times: 1, ...effect });

		expect((await getStatus()).json).toMatchObject({ callSid, status: expect.any(String) });
		expect(looks()).toHaveLength(2);
	});
});

describe('what stays wrong is explained', () => {
	const LATER = 'Try again later. If it goes on, tell PolyAI’s support, with the correlation ID.';

	test.each<[FaultEffect, string, string, string, number]>([
		[
			{ answer: 400 },
			'badRequest',
			"PolyAI didn't accept the call SID “{callSid}”: The request is not valid",
			"Fill in 'Call SID' with the callSid that came out when the call was triggered. PolyAI forgets a call’s status about two hours after the call has ended.",
			1,
		],
		[
			{ answer: 401 },
			'unauthorized',
			'PolyAI refused the token: The token is missing or not valid',
			'Open the credential and check the token and the region. If both are right, ask PolyAI whether outbound calling is set up for this token.',
			1,
		],
		[
			{ answer: 403 },
			'unauthorized',
			"This token doesn't have permission to place or read calls: This is not allowed",
			'Ask PolyAI whether outbound calling is set up for it.',
			1,
		],
		[
			{ answer: 500 },
			'serverError',
			'PolyAI is temporarily unavailable: The call could not be queued',
			LATER,
			5,
		],
		[{ answer: 504, body: 'html' }, 'serverError', 'PolyAI is temporarily unavailable', LATER, 5],
		[
			{ answer: 302, location: '/login' },
			'unreachable',
			'PolyAI was not found at this address',
			'The server sent n8n on to another address, where the credential must not go. Check the region or the base URL in the credential.',
			1,
		],
	])('%j: %s', async (effect, code, message, description, requests) => {
		expect(await failure(effect)).toEqual({
			message: message.replace('{callSid}', callSid),
			code,
			description,
			callSid,
			correlationId: looks().at(-1)?.answer?.headers['x-polyai-correlation-id'],
		});
		expect(looks()).toHaveLength(requests);
	});

	test.each<[FaultEffect, string, string]>([
		[{ answer: 'reset' }, 'unreachable', 'The connection broke. Try again later.'],
		[
			{ answer: 'garbage' },
			'serverError',
			'Try again later. Check the region or the base URL in the credential if it goes on.',
		],
	])('%j: %s', async (effect, code, description) => {
		expect(await failure(effect)).toMatchObject({ code, description, callSid });
		expect(looks()).toHaveLength(5);
	});
});

test.each<[ErrorShape, string]>([
	['flat', 'Ask Bob'],
	['envelope', 'Ask Bob'],
	['nested', 'Ask Bob'],
	['message', 'Ask Bob'],
	['fields', 'Validation failed: body Ask Bob'],
])('PolyAI’s own message is shown out of an error body of the shape %s', async (body, said) => {
	const error = await failure({ answer: 400, body, message: 'Ask Bob' });

	expect(error.message).toBe(`PolyAI didn't accept the call SID “${callSid}”: ${said}`);
});

test('a pause of a day ends all items at once, and says until when', async () => {
	polyAi.fault({ on: 'status', answer: 429, retryAfter: 86_400 });
	const items = Array(30).fill({ callSid }) as Array<{ callSid: string }>;
	const result = await run({ operation: 'getStatus', items, onError: 'continueRegularOutput' });

	for (const item of result.items) {
		expect(errorOf(item)).toMatchObject({
			code: 'rateLimited',
			description: expect.stringMatching(
				/^PolyAI takes no requests until 20\d\d-\d\d-\d\d \d\d:\d\d UTC\. Lower 'Calls per Minute'/,
			) as string,
		});
	}
	expect(result.items).toHaveLength(30);
	expect(looks().length).toBeLessThanOrEqual(5);
});

test('reading a status never dials', async () => {
	await failure({ answer: 500 });

	expect(polyAi.journal.counts.dials).toBe(1);
});
