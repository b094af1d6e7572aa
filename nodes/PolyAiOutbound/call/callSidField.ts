import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { CallError } from '../../shared/callError';
import { filledInByModel } from '../agentTool';
import { textOf } from '../../shared/textOf';

const callSidField: INodeProperties = {
	displayName: 'Call SID',
	name: 'callSid',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
	description: 'The identifier that PolyAI gave the call when it was triggered',
};

export const callSidFields: INodeProperties[] = filledInByModel(
	callSidField,
	'The callSid that came out when the call was placed',
);

/** @throws CallError `badRequest` when it is empty */
export function readCallSid(context: IExecuteFunctions, item: number): string {
	const callSid = textOf(context.getNodeParameter('callSid', item, '')).trim();
	if (callSid !== '') return callSid;
	throw new CallError('badRequest', 'The call SID is empty', {
		description: 'Fill in Call SID with the callSid that came out when the call was triggered.',
	});
}
