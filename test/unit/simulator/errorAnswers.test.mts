import {
	errorBody,
	ERROR_SHAPES,
	isOfGateway,
	type ErrorShape,
} from '../../simulator/faults/errorBodies.mts';
import { validateExchange } from '../../simulator/openapi/validateExchange.mts';
import { manualClock } from '../../support/unit/simulator/manualClock.mts';
import {
	ALL_SPOKEN,
	place,
	SPOKEN,
	status,
	trigger,
} from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const LONDON = '+442079460123';

test.each([400, 401, 403, 404, 429, 500, 502, 503, 504])(
	'a trigger refused with %d has not dialed, whatever the API version',
	async (code) => {
		const polyAi = await startPolyAi({ versions: [...ALL_SPOKEN] });
		polyAi.fault({ on: 'trigger', answer: code });
		for (const version of ALL_SPOKEN) {
			const refused = await trigger(polyAi, LONDON, { version });
			expect(refused.status).toBe(code);
			const path = SPOKEN[version].trigger;
			const sent = SPOKEN[version].body(LONDON);
			expect(validateExchange(version, 'POST', path, code, sent, refused.json)).toEqual([]);
		}
		expect(polyAi.journal.dials).toEqual([]);
		expect(polyAi.journal.requests).toEqual(
			ALL_SPOKEN.map(() =>
				expect.objectContaining({
					dialed: false,
					fault: expect.objectContaining({ answer: code }),
					answer: expect.objectContaining({ status: code, ended: 'complete' }),
				}),
			),
		);
	},
);

test.each(['html', 'empty', 'gateway'] as const)(
	'a gateway that answers in the shape %s has nothing of PolyAI’s, whether the call was placed or not',
	async (body) => {
		const polyAi = await startPolyAi();
		polyAi.fault({ on: 'trigger', answer: 502, body, dials: true, times: 1 });
		polyAi.fault({ on: 'trigger', answer: 502, body, times: 1 });
		for (const dialsSoFar of [1, 1]) {
			const { headers } = await trigger(polyAi, LONDON);
			expect([...headers.keys()].filter((name) => name.includes('polyai'))).toEqual([]);
			expect(polyAi.journal.dials).toHaveLength(dialsSoFar);
		}
		const { headers } = await trigger(polyAi, LONDON);
		expect(headers.get('x-polyai-correlation-id')).toMatch(/-/);
	},
);

test.each([500, 502, 504])('a gateway may answer %d although the call was placed', async (code) => {
	const polyAi = await startPolyAi();
	polyAi.fault({ on: 'trigger', answer: code, body: 'html', dials: true, times: 1 });
	const { status: seen, text, headers } = await trigger(polyAi, LONDON);
	expect(seen).toBe(code);
	expect(text).toContain(`<h1>${code} `);
	expect(headers.get('content-type')).toBe('text/html');
	expect(polyAi.journal.dialsByNumber()).toEqual({ [LONDON]: 1 });
	expect(polyAi.journal.requests[0]?.dialed).toBe(true);
});

test.each([
	[{ retryAfter: 7 }, '7'],
	[{ retryAfter: 90, retryAfterAs: 'date' as const }, 'Mon, 02 Mar 2026 09:01:30 GMT'],
	[{ retryAfter: 'soon' }, 'soon'],
	[{}, null],
])('429 with %j says Retry-After: %s', async (retryAfter, expected) => {
	const clock = manualClock('2026-03-02T09:00:00.000Z');
	const polyAi = await startPolyAi({ clock, faults: [{ answer: 429, ...retryAfter }] });
	const refused = await trigger(polyAi, LONDON);
	expect(refused.status).toBe(429);
	expect(refused.headers.get('retry-after')).toBe(expected);
});

const SAID: Record<ErrorShape, (text: string, json: object, correlationId: string) => void> = {
	flat: (_, json) => expect(json).toEqual({ error: 'No, thanks', code: 'BAD_REQUEST' }),
	envelope: (_, json, correlationId) =>
		expect(json).toEqual({
			success: false,
			error: 'BAD_REQUEST',
			error_id: correlationId,
			error_code: 'BAD_REQUEST',
			error_message: 'No, thanks',
			data: null,
		}),
	nested: (_, json, correlationId) =>
		expect(json).toEqual({
			error: {
				code: 'BAD_REQUEST',
				id: correlationId,
				message: 'No, thanks',
				correlation_id: correlationId,
			},
		}),
	message: (_, json) => expect(json).toEqual({ error_message: 'No, thanks' }),
	fields: (_, json) =>
		expect(json).toEqual({
			message: 'Validation failed',
			errors: [{ field: 'body', message: 'No, thanks' }],
		}),
	html: (text) => expect(text).toMatch(/^<html>/),
	empty: (text) => expect(text).toBe(''),
	gateway: (_, json) => expect(json).toEqual({ message: 'Internal server error' }),
};

test.each(ERROR_SHAPES)('a 400 in the shape “%s”', async (body) => {
	const polyAi = await startPolyAi();
	polyAi.fault({ answer: 400, body, message: 'No, thanks' });
	const { status: code, text, json, headers } = await trigger(polyAi, LONDON);
	expect(code).toBe(400);
	const correlationId = headers.get('x-polyai-correlation-id');
	expect(correlationId !== null).toBe(!isOfGateway(body));
	SAID[body](text, json, String(correlationId));
});

test.each(['html', 'empty', 'gateway'] as const)(
	'the errors of a gateway that answers everything in the shape %s have nothing of PolyAI’s',
	async (errorShape) => {
		const polyAi = await startPolyAi({ errorShape });
		const refused = await trigger(polyAi, {});
		expect([refused.status, refused.headers.get('x-polyai-correlation-id')]).toEqual([400, null]);
		const accepted = await trigger(polyAi, LONDON);
		expect(accepted.headers.get('x-polyai-correlation-id')).toMatch(/-/);
	},
);

test('the shape of all errors can be set, those of wrong requests included', async () => {
	const polyAi = await startPolyAi({ errorShape: 'fields' });
	expect((await trigger(polyAi, {})).json).toEqual({
		message: 'Validation failed',
		errors: [{ field: 'to_number', message: 'to_number is required' }],
	});
});

test('a status that cannot be read leaves the call as it is', async () => {
	const polyAi = await startPolyAi();
	const sid = await place(polyAi, LONDON);
	polyAi.fault({ on: 'status', answer: 503, times: 1 });
	expect((await status(polyAi, sid)).status).toBe(503);
	expect((await status(polyAi, sid)).json.status).toBe('queued');
});

test('a status without a text of its own still says something', () => {
	const error = { status: 418, message: 'Error 418', correlationId: 'c' };
	expect(errorBody('flat', error)).toEqual({ error: 'Error 418', code: 'ERROR' });
});
