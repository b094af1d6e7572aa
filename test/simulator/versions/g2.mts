import { metadata, oneOf, phoneNumber, readBody } from './checks.mts';
import type { ApiVersion } from './apiVersion.mts';
import { ENCRYPTIONS, readCall, STATUS_PATH, TOKEN_API, TOKEN_ENVIRONMENT } from './token.mts';

const FIELDS = ['to_number', 'country_code', 'metadata', 'encryption'];

/** PolyAI's documentation of May 2026, called legacy since July 2026. */
export const g2: ApiVersion = {
	...TOKEN_API,
	name: 'g2',
	errorShape: 'envelope',
	operations: [
		{
			kind: 'trigger',
			method: 'POST',
			path: '/v1/outbound-calling',
			answer(request, { calls }) {
				const body = readBody(request.body, FIELDS);
				const order = {
					number: phoneNumber(body, 'to_number', 'country_code'),
					environment: TOKEN_ENVIRONMENT,
					metadata: metadata(body),
					encryption: oneOf(body, 'encryption', ENCRYPTIONS),
				};
				const call = calls.place(order, 'g2');
				return { status: 200, body: { call_sid: call.sid }, placed: call.sid };
			},
		},
		{
			kind: 'status',
			method: 'GET',
			path: STATUS_PATH,
			answer(request, polyAi) {
				const { state, word } = readCall(request, polyAi);
				return { status: 200, body: { status: word, reason: state.reason } };
			},
		},
	],
};
