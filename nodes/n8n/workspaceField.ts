import type { INodeProperties } from 'n8n-workflow';
import { badRequest } from '../shared/errors/badRequest';
import { fitsIntoAPath } from '../shared/polyai/versions/pathSegment';
import { textOf } from '../shared/textOf';

/** PolyAI lists an agent's conversations by the workspace that it belongs to. */
export const workspaceField: INodeProperties = {
	displayName: 'Workspace ID',
	name: 'workspaceId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. ws-1a2b3c4d',
	description: 'The workspace that the agent belongs to. The ID starts with ws-.',
};

/** @throws CallError `badRequest` for what can't be a workspace */
export function readWorkspaceId(given: unknown): string {
	const workspaceId = textOf(given).trim();
	if (fitsIntoAPath(workspaceId)) return workspaceId;
	throw badRequest.workspaceId();
}
