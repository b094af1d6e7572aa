import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { environmentField } from '../../../n8n/environmentField';
import { badRequest } from '../../../shared/errors/badRequest';
import type { CallRef } from '../../../shared/polyai/versions/apiVersion';
import { textOf } from '../../../shared/textOf';
import { filledInByModel } from '../../agentTool';
import { environmentOf } from '../../options/environment';

const callSidField: INodeProperties = {
	displayName: 'Call SID',
	name: 'callSid',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
	description: "The 'callSid' that was returned when the call was triggered",
};

/** Selects the call; a language model may fill it in. */
export const callSidFields = filledInByModel(
	callSidField,
	'The callSid that was returned when the call was placed',
);

/** The fields of every operation on the status of an existing call. */
export const callFields: INodeProperties[] = [...callSidFields, environmentField];

/** @throws CallError as `readCallSid` and `environmentOf` */
export function readCall(context: IExecuteFunctions, item: number): CallRef {
	return {
		callSid: readCallSid(context, item),
		environment: environmentOf(context, item),
	};
}

/** @throws CallError `badRequest` if the field holds no call SID, or more than one */
export function readCallSid(context: IExecuteFunctions, item: number): string {
	const [callSid, ...more] = callSidsOf(context, item);
	if (callSid === undefined) throw badRequest.noCallSid();
	if (more.length > 0) throw badRequest.severalCallSids();
	return callSid;
}

/**
 * An item that Trigger returned for a call that was deliberately not placed: there is nothing to
 * look up, so it's passed on unchanged. An item that failed afterwards wasn't skipped, and one with
 * a call SID is about a call.
 *
 * @returns its fields; undefined for any other item
 */
export function skippedBefore(context: IExecuteFunctions, item: number): IDataObject | undefined {
	const json = context.getInputData()[item]?.json;
	if (json?.status !== 'skipped' || json.error) return undefined;
	return callSidsOf(context, item).length === 0 ? json : undefined;
}

/**
 * A list, or the text that an expression made of one, holds several. A blank may be part of a SID.
 */
function callSidsOf(context: IExecuteFunctions, item: number): string[] {
	const given = context.getNodeParameter('callSid', item, '') as unknown;
	const texts = Array.isArray(given) ? given.map(textOf) : textOf(given).split(/[,;\r\n"[\]]+/);
	return texts.map((text) => text.trim()).filter(Boolean);
}
