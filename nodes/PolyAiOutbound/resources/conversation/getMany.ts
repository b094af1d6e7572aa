import type { INodeProperties } from 'n8n-workflow';
import { environmentField } from '../../../n8n/environmentField';
import { readWorkspaceId, workspaceField } from '../../../n8n/workspaceField';
import { badRequest } from '../../../shared/errors/badRequest';
import { readListed } from '../../../shared/polyai/conversations/readListed';
import { DEFAULT_ENVIRONMENT } from '../../../shared/polyai/environment';
import { environmentOf } from '../../options/environment';
import { ManyOutputs, type Operation } from '../../operation';
import { maxConcurrency, requestTimeout } from '../../options/sendingOptions';
import { filtersField, readFilters } from './filters';
import { agentsApiNotice, openAgentSession } from './agentSession';
import { outputFields, readOutput } from './output';

const returnAllField: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limitField: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

export const getMany: Operation = {
	resource: 'conversation',
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many conversations',
	description: 'Retrieve a list of conversations of an agent, newest first',
	toolDescription:
		'Lists the phone calls of the voice agent, newest first, with how each went and what was said. It calls nobody. A field that is missing is not known.',
	fields: [
		...[agentsApiNotice, workspaceField, environmentField],
		...[returnAllField, limitField, ...outputFields, filtersField],
	],
	options: [maxConcurrency, requestTimeout],
	async open(context) {
		const { sender, account, concurrency, giveUp } = await openAgentSession(context);
		return {
			concurrency,
			giveUp,
			prepare(item) {
				const workspaceId = readWorkspaceId(context.getNodeParameter('workspaceId', item, ''));
				const environment = environmentOf(context, item) ?? DEFAULT_ENVIRONMENT;
				const { from, to = Infinity, ...filters } = readFilters(context, item);
				const limit = context.getNodeParameter('returnAll', item, false)
					? Infinity
					: readLimit(context.getNodeParameter('limit', item, 50));
				const keep = readOutput(context, item);
				return async () => {
					const until = Math.min(to, sender.clock.now());
					const query = { from, to: until, environment };
					const wanted = { limit, ...filters, keep };
					return new ManyOutputs(await readListed(sender, account, workspaceId, query, wanted));
				};
			},
		};
	},
};

function readLimit(given: unknown): number {
	const limit = Number(given);
	if (Number.isInteger(limit) && limit >= 1) return limit;
	throw badRequest.noLimit();
}
