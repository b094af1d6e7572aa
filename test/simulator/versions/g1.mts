import { metadata, oneOf, phoneNumber, readBody } from './checks.mts';
import type { ApiVersion } from './apiVersion.mts';
import { ENCRYPTIONS, readCall, STATUS_PATH, TOKEN_API, TOKEN_ENVIRONMENT } from './token.mts';

/** The base design: PolyAI's documentation of March 2026. The number is the only field it names. */
export const g1: ApiVersion = {
	...TOKEN_API,
	name: 'g1',
	errorShape: 'flat',
	operations: [
		{
			kind: 'trigger',
			method: 'POST',
			path: '/v1/outbound-calling/trigger',
			answer(request, { calls, settings: { g1Fields } }) {
				const body = readBody(request.body, g1Fields === 'refused' ? ['to_number'] : undefined);
				const { to_number } = body;
				const read = g1Fields === 'accepted' ? body : { to_number };
				const order = {
					number: phoneNumber(read, 'to_number'),
					environment: TOKEN_ENVIRONMENT,
					metadata: metadata(read),
					encryption: oneOf(read, 'encryption', ENCRYPTIONS),
				};
				const call = calls.place(order, 'g1');
				return { status: 200, body: { callSid: call.sid }, placed: call.sid };
			},
		},
		{
			kind: 'status',
			method: 'GET',
			path: STATUS_PATH,
			answer(request, polyAi) {
				const { call, state, word } = readCall(request, polyAi);
				return {
					status: 200,
					body: {
						callSid: call.sid,
						status: word,
						created_at: new Date(call.placedAt).toISOString(),
						last_updated: new Date(state.since).toISOString(),
					},
				};
			},
		},
	],
};
