import { agentsJune2026 } from './agentsJune2026';
import { march2026 } from './march2026';
import { may2026 } from './may2026';

/**
 * The versions that a token may be for, in the order in which they are tried (docs/polyai-api.md §
 * 1).
 */
export const tokenVersions = [march2026, may2026] as const;

/** What an API key of Agent Studio is for. */
export const agentsVersions = (agentId: string) => [agentsJune2026(agentId)] as const;
