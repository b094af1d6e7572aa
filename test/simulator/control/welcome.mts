import type { Simulator } from '../server.mts';

/** What people see when they open the simulator's address in a browser. */
export function welcome({ url, token, apiKey, settings }: Simulator): string {
	return `This is the PolyAI simulator of n8n-nodes-polyai. It behaves like PolyAI's API for
outbound calls, but calls no one.

In n8n, create a credential "PolyAI API" with
  Region    Custom
  Base URL  ${url}
  Token     ${token}
(Agents API: key ${apiKey}, agent ${settings.agentId})

It serves ${settings.versions.join(', ')}. See what has happened so far:
  ${url}/_simulator/calls     the calls and their status
  ${url}/_simulator/journal   every request
  ${url}/_simulator/settings  what you can change
`;
}
