import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { environmentField } from '../../n8n/environmentField';
import { CallError } from '../../shared/callError';
import type { CallRef } from '../../shared/polyai/generations/generation';
import { textOf } from '../../shared/textOf';
import { environmentOf } from './environment';

/** The fields of every operation on a call that was placed before. */
export const callFields: INodeProperties[] = [
	{
		displayName: 'Call SID',
		name: 'callSid',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
		description: 'The identifier that PolyAI gave the call when it was triggered',
	},
	environmentField,
];

/** @throws CallError `badRequest` when the call SID is empty, or as `environmentOf` */
export function readCall(context: IExecuteFunctions, item: number): CallRef {
	const callSid = textOf(context.getNodeParameter('callSid', item, '')).trim();
	if (callSid !== '') return { callSid, environment: environmentOf(context, item) };
	throw new CallError('badRequest', 'The call SID is empty', {
		description: 'Fill in Call SID with the callSid that came out when the call was triggered.',
	});
}
