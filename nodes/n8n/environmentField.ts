import type { INodeProperties } from 'n8n-workflow';
import { badRequest } from '../shared/errors/badRequest';
import { DEFAULT_ENVIRONMENT, ENVIRONMENTS, type Environment } from '../shared/polyai/environment';
import { textOf } from '../shared/textOf';
import { isAgentsApi } from './authentication';

/** Only the Agents API knows environments: a token is issued for one. */
export const environmentField: INodeProperties = {
	displayName: 'Environment',
	name: 'environment',
	type: 'options',
	options: [
		{ name: 'Live', value: 'live' },
		{ name: 'Pre-Release', value: 'pre-release' },
		{ name: 'Sandbox', value: 'sandbox' },
	],
	default: DEFAULT_ENVIRONMENT,
	description: 'Which environment of the agent the call belongs to',
	displayOptions: { show: { authentication: ['agentsApi'] } },
};

/**
 * @param authentication the node's field of that name: with a token there is no environment
 * @throws CallError `badRequest` for an unknown environment, which an expression may return
 */
export function readEnvironment(authentication: unknown, given: unknown): Environment | undefined {
	if (!isAgentsApi(authentication)) return undefined;
	const word = textOf(given).trim().toLowerCase() || DEFAULT_ENVIRONMENT;
	const environment = ENVIRONMENTS.find((one) => one === word);
	if (environment) return environment;
	throw badRequest.noChoice({ field: 'Environment', choices: ENVIRONMENTS.join(', ') });
}
