import { agentsApi } from './agentsApi';
import { baseDesign } from './baseDesign';
import { legacy } from './legacy';

/** What a token may be for, in the order in which it is tried (docs/polyai-api.md § 1). */
export const tokenGenerations = [baseDesign, legacy] as const;

/** What an API key of Agent Studio is for. */
export const agentsGenerations = (agentId: string) => [agentsApi(agentId)] as const;
