import type { Access } from './askForAccess.mts';
import type { Exchange } from './exchange.mts';

/** All that was seen. Times are milliseconds since 1970. */
export interface Visit {
	access: Access;
	exchanges: Exchange[];
	startedAt: number;
	/** What n8n would show for the credential. */
	credentialTest?: string;
	/** The one number that was called. */
	phoneNumber?: string;
	/** What this package makes of the answer to the call: `placed`, or the code of an error. */
	verdict?: string;
	callSid?: string;
	/** The call's final status, as this package reads it, and when it was first seen. */
	end?: { status: 'success' | 'failure'; at: number };
	/** When PolyAI no longer knew the call. */
	forgottenAt?: number;
	/** Why nothing more was read, if something unexpected happened. */
	brokeOff?: string;
	/** What the person says about their phone. */
	rang?: string;
}
