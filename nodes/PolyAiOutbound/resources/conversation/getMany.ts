import { environmentField } from '../../../n8n/environmentField';
import { readWorkspaceId, workspaceField } from '../../../n8n/workspaceField';
import { readListed } from '../../../shared/polyai/conversations/readListed';
import { DEFAULT_ENVIRONMENT } from '../../../shared/polyai/environment';
import { environmentOf } from '../../options/environment';
import { ManyOutputs, type Operation } from '../../operation';
import { maxConcurrency, requestTimeout } from '../../options/sendingOptions';
import { filtersField, readFilters } from './filters';
import { limitFields, readLimit } from '../limitFields';
import { conversationsNotice, openAgentRun } from './agentSession';
import { outputFields, readOutput } from './output';

export const getMany: Operation = {
	resource: 'conversation',
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many conversations',
	description: 'Retrieve a list of conversations of an agent, newest first',
	toolDescription:
		'Lists the phone calls of the voice agent, newest first, with how each call went and what was said. It calls no one. A missing field is not known.',
	fields: [
		...[conversationsNotice, workspaceField, environmentField],
		...[...limitFields, ...outputFields, filtersField],
	],
	options: [maxConcurrency, requestTimeout],
	async open(context) {
		return await openAgentRun(context, ({ sender, account }) => (item) => {
			const workspaceId = readWorkspaceId(context.getNodeParameter('workspaceId', item, ''));
			const environment = environmentOf(context, item) ?? DEFAULT_ENVIRONMENT;
			const { from, to = Infinity, ...filters } = readFilters(context, item);
			const limit = readLimit(context, item);
			const keep = readOutput(context, item);
			return async () => {
				const until = Math.min(to, sender.clock.now());
				const query = { from, to: until, environment };
				const wanted = { limit, ...filters, keep };
				return new ManyOutputs(await readListed(sender, account, workspaceId, query, wanted));
			};
		});
	},
};
