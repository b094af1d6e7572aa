import type { Call, CallState } from '../calls/call.mts';
import { Refusal, type ApiRequest, type PolyAi } from './apiVersion.mts';

/** What G1 and G2 have in common: the token, and the path of the status with its words. */
export const TOKEN_API = {
	keyHeader: 'x-polyai-auth-token',
	secret: 'token',
} as const;

export const STATUS_PATH = '/v1/outbound-calling/{callSid}/status';

/** The token fixes it; here to the environment that people listen to. */
export const TOKEN_ENVIRONMENT = 'live';

export const ENCRYPTIONS = ['TLS/SRTP', 'TLS/RTP', 'UDP/SRTP', 'UDP/RTP'];

/** What a SID looks like in either API version; anything else is malformed. */
const SID = /^(OUT-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A call of either API version is read at the same path. */
export function readCall(
	{ params }: ApiRequest,
	{ calls, settings }: PolyAi,
): { call: Call; state: CallState; word: string } {
	const callSid = params.callSid ?? '';
	if (!SID.test(callSid)) throw new Refusal(400, 'This is not a call SID', 'callSid');
	const call = calls.findRemembered(callSid);
	if (!call || !['g1', 'g2'].includes(call.version)) {
		throw new Refusal(404, 'No call with this SID, or its status is no longer kept', 'callSid');
	}
	const state = calls.stateOf(call);
	return { call, state, word: settings.words[state.status] ?? state.status };
}
