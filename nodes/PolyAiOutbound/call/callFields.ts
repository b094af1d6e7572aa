import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { environmentField } from '../../n8n/environmentField';
import { CallError } from '../../shared/callError';
import type { CallRef } from '../../shared/polyai/generations/generation';
import { textOf } from '../../shared/textOf';
import { filledInByModel } from '../agentTool';
import { environmentOf } from './environment';

const callSidField: INodeProperties = {
	displayName: 'Call SID',
	name: 'callSid',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
	description: 'The identifier that PolyAI gave the call when it was triggered',
};

/** Which call it is about; a language model may fill it in. */
export const callSidFields = filledInByModel(
	callSidField,
	'The callSid that came out when the call was placed',
);

/** The fields of every operation on the status of a call that was placed before. */
export const callFields: INodeProperties[] = [...callSidFields, environmentField];

/** @throws CallError `badRequest` when the call SID is empty, or as `environmentOf` */
export function readCall(context: IExecuteFunctions, item: number): CallRef {
	return {
		callSid: readCallSid(context, item),
		environment: environmentOf(context, item),
	};
}

/** @throws CallError `badRequest` when it is empty */
export function readCallSid(context: IExecuteFunctions, item: number): string {
	const callSid = textOf(context.getNodeParameter('callSid', item, '')).trim();
	if (callSid !== '') return callSid;
	throw new CallError('badRequest', 'The call SID is empty', {
		description: 'Fill in Call SID with the callSid that came out when the call was triggered.',
	});
}
