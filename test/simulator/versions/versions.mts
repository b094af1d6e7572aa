import { conversations } from './conversations.mts';
import { g1 } from './g1.mts';
import { g2 } from './g2.mts';
import { g3 } from './g3.mts';
import type { ApiVersion } from './apiVersion.mts';

/** Every part of PolyAI that can be served; a new one is its own file and one name here. */
export const API_VERSIONS: ApiVersion[] = [g1, g2, g3, conversations];

export const VERSION_NAMES = API_VERSIONS.map(({ name }) => name);
