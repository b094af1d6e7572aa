import { baseDesign } from './baseDesign';
import type { Generation } from './generation';

/** G2: PolyAI's documentation of May 2026; only the path of the trigger moved. */
export const legacy: Generation = {
	...baseDesign,
	name: 'legacy',
	triggerPath: '/v1/outbound-calling',
};
