import type { IPollFunctions } from 'n8n-workflow';
import { readEnvironment } from '../n8n/environmentField';
import type { Environment } from '../shared/polyai/environment';

/** @throws CallError as `readEnvironment` */
export function environmentOf(context: IPollFunctions): Environment | undefined {
	const authentication = context.getNodeParameter('authentication', 'apiToken');
	return readEnvironment(authentication, context.getNodeParameter('environment', ''));
}
