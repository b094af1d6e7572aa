import { callLog } from './callLog';
import { callSids } from './callSids';
import { outboundConversations } from './outboundConversations';
import type { Source } from './source';
import { trackedCalls } from './trackedCalls';

/** All sources of calls, in the order in which they are listed. */
export const sources: readonly Source[] = [trackedCalls, callLog, outboundConversations, callSids];
