import { march2026 } from './march2026';
import type { ApiVersion } from './apiVersion';

/** G2: PolyAI's documentation of May 2026; only the path of the trigger moved. */
export const may2026: ApiVersion = {
	...march2026,
	name: 'May 2026',
	triggerPath: '/v1/outbound-calling',
};
