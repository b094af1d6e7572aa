import { phoneNumber, readBody } from './checks.mts';
import type { ApiVersion } from './apiVersion.mts';
import { readCall, STATUS_PATH, TOKEN_API, TOKEN_ENVIRONMENT } from './token.mts';

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
			answer({ body }, { calls }) {
				const number = phoneNumber(readBody(body), 'to_number');
				const order = { number, environment: TOKEN_ENVIRONMENT, metadata: {} };
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
