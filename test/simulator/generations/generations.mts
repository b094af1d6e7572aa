import { conversations } from './conversations.mts';
import { g1 } from './g1.mts';
import { g2 } from './g2.mts';
import { g3 } from './g3.mts';
import type { Generation } from './generation.mts';

/** Every part of PolyAI that can be served; a new one is its own file and one name here. */
export const GENERATIONS: Generation[] = [g1, g2, g3, conversations];

export const GENERATION_NAMES = GENERATIONS.map(({ name }) => name);
