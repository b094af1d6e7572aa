import type { IDataObject } from 'n8n-workflow';
import { isFinal } from '../../../shared/polyai/callStatus';
import type { CallState } from '../../../shared/polyai/versions/apiVersion';

/**
 * The fields of the contract for an operation that reads a status (docs/design.md § 2).
 *
 * @param checkedAt milliseconds since 1970
 */
export function toStatusOutput(callSid: string, state: CallState, checkedAt: number): IDataObject {
	const { status, ...told } = state;
	const time = new Date(checkedAt).toISOString();
	return { callSid, status, isFinal: isFinal(status), ...told, checkedAt: time };
}
