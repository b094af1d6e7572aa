import type { ApiVersion } from './versions/apiVersion';

/** What a credential gives access to: where to send, and which API versions may answer there. */
export interface Account {
	/** Without a slash at its end. */
	baseUrl: string;
	/** In the order in which they are tried. See docs/polyai-api.md § 1. */
	versions: readonly [ApiVersion, ...ApiVersion[]];
	/** With the Agents API. */
	agent?: Agent;
}

/** Whose conversations can be read (docs/polyai-api.md § 4). */
export interface Agent {
	/** `PROJECT-…`, which is the project's ID as well. */
	agentId: string;
	/** Where its project's conversations are listed; without a slash at its end. */
	platformUrl?: string;
	/** Whether to read how a call ended from its conversation if its status is gone. */
	fallsBackToConversation?: boolean;
}

/** An account whose conversations can be read. */
export type AgentAccount = Account & { agent: Agent };
