import { ENCRYPTIONS } from '../encryption';
import type { ApiVersion } from './apiVersion';
import { readCallSid, readState } from './wireFormat';

const encryptions = Object.fromEntries(ENCRYPTIONS.map((word) => [word, word]));

/** G1: PolyAI's documentation of March 2026. */
export const march2026: ApiVersion = {
	name: 'March 2026',
	triggerPath: '/v1/outbound-calling/trigger',
	encryptions,
	triggerBody: ({ phoneNumber, metadata, encryption }) => ({
		to_number: phoneNumber,
		...(metadata && { metadata }),
		...(encryption && { encryption: encryptions[encryption] }),
	}),
	readCallSid,
	statusPath: ({ callSid }) => `/v1/outbound-calling/${encodeURIComponent(callSid)}/status`,
	readState,
	notPlaced: [500],
};
