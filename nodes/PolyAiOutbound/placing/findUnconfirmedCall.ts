import { readWorkspaceId, workspaceField } from '../../n8n/workspaceField';
import { findUnclear } from '../../shared/polyai/conversations/findUnclear';
import { DEFAULT_ENVIRONMENT, type Environment } from '../../shared/polyai/environment';
import type { AcceptedCall } from '../../shared/polyai/placeCall';
import { textOf } from '../../shared/textOf';
import { callTracker } from '../../shared/tracking/callTracker';
import type { Option } from '../../n8n/option';
import type { Session } from '../run/session';
import type { RememberedCall } from '../run/placedCalls';

/** What is known about other calls. */
export interface OtherCalls {
	/** Whether a call SID belongs, or may belong, to another call to the same number. */
	isAnothers(callSid: string, call: RememberedCall): Promise<boolean>;
}

/** Looks for a call that may have been placed; undefined if it isn't found. */
export type FindCall = (
	call: RememberedCall,
	others: OtherCalls | undefined,
) => Promise<AcceptedCall | undefined>;

/** Undefined if it wasn't filled in: unclear calls stay unclear. */
export const workspaceId: Option<string | undefined> = {
	field: {
		...workspaceField,
		required: false,
		description:
			"The workspace that the agent belongs to. The ID starts with ws-. If PolyAI's answer to a call is lost, the node looks for the call in this workspace's list for up to a minute before the item fails. Default: none.",
		displayOptions: { show: { '/authentication': ['agentsApi'] } },
	},
	read: ({ workspaceId: given }) => {
		return textOf(given).trim() === '' ? undefined : readWorkspaceId(given);
	},
};

/** @param workspace whose list is read; without one there is no search */
export function callFinder(
	{ sender, account }: Session,
	workspace: string | undefined,
	environment: Environment = DEFAULT_ENVIRONMENT,
): FindCall | undefined {
	const { agent } = account;
	if (workspace === undefined || !agent) return undefined;
	return async (call, others) => {
		const sent = { phoneNumber: call.phoneNumber, sentAt: Date.parse(call.triggeredAt) };
		const isAnothers = async (callSid: string) => {
			if (callTracker.find(callSid)) return true;
			return (await others?.isAnothers(callSid, call)) ?? false;
		};
		const list = { workspaceId: workspace, environment };
		const found = await findUnclear(sender, { ...account, agent }, list, sent, isAnothers);
		return found && { callSid: found.callSid, status: found.status };
	};
}
