import type { IExecuteFunctions } from 'n8n-workflow';
import { readEnvironment } from '../../n8n/environmentField';
import type { Environment } from '../../shared/polyai/environment';

/** @throws CallError as `readEnvironment` */
export function environmentOf(context: IExecuteFunctions, item: number): Environment | undefined {
	const authentication = context.getNodeParameter('authentication', 0, 'apiToken');
	return readEnvironment(authentication, context.getNodeParameter('environment', item, ''));
}
