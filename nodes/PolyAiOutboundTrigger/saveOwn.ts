import type { IDataObject, IPollFunctions } from 'n8n-workflow';
import { hasStateOfOthers, isKeptApart } from '../n8n/stateOfOthers';

/**
 * Has n8n save something in the trigger's own static data, if that harms nobody. Only in a poll that
 * reports something: n8n saves static data then, and only then.
 */
export function saveOwn(context: IPollFunctions, key: string, value: object): void {
	if (!isKeptApart(context) && hasStateOfOthers(context)) return;
	context.getWorkflowStaticData('node')[key] = value as IDataObject;
}
