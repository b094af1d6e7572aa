import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { PolyAiOutbound } from '../../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { expectToFit, schemaFile } from './outputSchema.mts';
import { agentsCredentialFor, call, numbers, polyAi, sidsOf, type Run } from './polyAi.mts';
import { runNode, type NodeRunResult } from './runNode.mts';

/** PolyAI supports the Agents API, and calls go on until they are ended. */
export function useConversations(): void {
	polyAi.set({ versions: ['g3', 'conversations'], queuedMs: 0, outcome: 'never-ends' });
}

/** Places a call with the Agents API and returns its SID. */
export async function placed(number = numbers(1)[0] as string): Promise<string> {
	const { items } = await call([number], {
		credentials: agentsCredentialFor(polyAi),
		fields: { authentication: 'agentsApi' },
	});
	return String(sidsOf(items)[0]);
}

/** The same for a call that has ended. */
export async function ended(outcome?: Parameters<typeof polyAi.finish>[1]): Promise<string> {
	const callSid = await placed();
	polyAi.finish(callSid, outcome);
	return callSid;
}

/** Asks what happened in calls, as a person has filled it in: `get` or `getRecording`. */
export async function askAbout(
	operation: 'get' | 'getRecording',
	callSids: unknown[],
	{ fields, options = {}, ...given }: Omit<Run, 'operation'> = {},
): Promise<NodeRunResult> {
	const result = await runNode({
		node: PolyAiOutbound,
		credentials: agentsCredentialFor(polyAi),
		items: callSids.map((callSid) => ({ callSid }) as IDataObject),
		parameters: {
			authentication: 'agentsApi',
			resource: 'conversation',
			operation,
			callSid: '={{ $json.callSid }}',
			options,
			...fields,
		},
		...given,
	});
	const isRaw = fields?.simple === false;
	if (!isRaw) expectToFit(schemaFile('PolyAiOutbound', 'conversation', operation), result.items);
	return result;
}

/** Lists conversations, all of them unless the fields say otherwise. */
export async function askForMany(
	given: Run & { filters?: INodeParameters } = {},
): Promise<NodeRunResult> {
	const { filters = {}, fields, options = {}, ...rest } = given;
	const result = await runNode({
		node: PolyAiOutbound,
		credentials: agentsCredentialFor(polyAi),
		items: [{}],
		parameters: {
			authentication: 'agentsApi',
			resource: 'conversation',
			operation: 'getMany',
			workspaceId: polyAi.settings.accountId,
			returnAll: true,
			filters,
			options,
			...fields,
		},
		...rest,
	});
	if (fields?.simple !== false)
		expectToFit(schemaFile('PolyAiOutbound', 'conversation', 'getMany'), result.items);
	return result;
}
