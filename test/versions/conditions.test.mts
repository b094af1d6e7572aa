import type {
	INodeCredentialDescription,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
	INodeTypeDescription,
} from 'n8n-workflow';
import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { operations } from '../../nodes/PolyAiOutbound/operations.ts';
import { PolyAiOutboundTrigger } from '../../nodes/PolyAiOutboundTrigger/PolyAiOutboundTrigger.node.ts';
import { sources } from '../../nodes/PolyAiOutboundTrigger/sources/sources.ts';
import { installedN8nWorkflows, N8N_WORKFLOW_VERSIONS } from '../../scripts/setup/n8nWorkflow.mts';

/**
 * Every n8n decides by its own rules which credentials and fields a node has under given parameters.
 * What is missing can't be filled in, and what is one too many can't be published.
 */
jest.setTimeout(600_000);

const action = new PolyAiOutbound().description;
const trigger = new PolyAiOutboundTrigger().description;

const AUTHENTICATIONS = { apiToken: 'polyAiApi', agentsApi: 'polyAiAgentsApi' };

/** What may stand under the option Call Log: fresh from the editor, chosen, or an expression. */
const CALL_LOGS: Array<[string, unknown]> = [
	['as the editor adds it', { mode: 'name', value: 'PolyAI calls' }],
	['as the editor stores it once it was touched', { __rl: true, mode: 'list', value: '' }],
	['chosen from the list', { __rl: true, mode: 'list', value: 'a1', cachedResultName: 'Calls' }],
	['by name', { __rl: true, mode: 'name', value: 'PolyAI calls' }],
	['by an expression', { __rl: true, mode: 'id', value: '={{ $json.table }}' }],
	['a text', 'PolyAI calls'],
	['an empty text', ''],
	['an expression alone', '={{ $json.table }}'],
];

/** The same for the option Do-Not-Call List; n8n leaves out of a saved workflow what is as it comes. */
const DO_NOT_CALL_LISTS: Array<[string, unknown]> = [
	['as it comes', {}],
	['by name', { table: { __rl: true, mode: 'name', value: 'Nobody' } }],
	['from the list, not chosen yet', { table: { __rl: true, mode: 'list', value: '' } }],
	['by an expression', { table: { __rl: true, mode: 'id', value: '={{ $json.table }}' } }],
];

/** Operations on a do-not-call list, or on a campaign: their field is a data table. */
const ON_TABLES = ['block', 'isBlocked', 'unblock'];
const ON_CAMPAIGNS = ['addPerson', 'getPeople', 'getProgress', 'run', 'stopPerson'];

let load: Awaited<ReturnType<typeof installedN8nWorkflows>>;
beforeAll(async () => {
	load = await installedN8nWorkflows();
});

/** What a node shows under these parameters, by the rules of one version. */
function shown(version: string, type: INodeTypeDescription, given: object) {
	const { NodeHelpers } = load(version);
	const node = { typeVersion: 1 };
	const parameters = NodeHelpers.getNodeParameters(
		type.properties,
		given as INodeParameters,
		true,
		false,
		node,
		type,
	) as INodeParameters;
	const isShown = (part: INodeProperties | INodeCredentialDescription, within = parameters) => {
		return NodeHelpers.displayParameter(within, part, node, type, parameters);
	};
	const fieldsIn = (fields: INodeProperties[], path: string, within: INodeParameters): string[] => {
		const visible = fields.filter((field) => isShown(field, within));
		return visible.flatMap((field) => {
			const name = `${path}${field.name}`;
			const inner = (field.options ?? []) as Array<INodeProperties & INodePropertyCollection>;
			if (field.type === 'collection') return [name, ...fieldsIn(inner, `${name}.`, {})];
			if (field.type !== 'fixedCollection') return [name];
			return [
				name,
				...inner.flatMap((group) => fieldsIn(group.values, `${name}.${group.name}.`, {})),
			];
		});
	};
	const credentials = (type.credentials ?? []).filter((credential) => isShown(credential));
	return {
		credentials: credentials.map(({ name }) => name),
		fields: fieldsIn(type.properties, '', parameters),
	};
}

const newest = N8N_WORKFLOW_VERSIONS.at(-1) as string;

describe.each(N8N_WORKFLOW_VERSIONS)('n8n-workflow %s', (version) => {
	describe.each(Object.entries(AUTHENTICATIONS))('PolyAI Outbound, %s', (authentication, own) => {
		test.each(operations.map(({ resource, value }) => [resource, value]))('%s: %s', (...chosen) => {
			const [resource, operation] = chosen;
			const isAlone =
				resource === 'phoneNumber' || (resource === 'campaign' && operation !== 'run');
			const ownCredential = isAlone ? [] : [own];
			const always = [...ON_TABLES, ...ON_CAMPAIGNS].includes(operation ?? '')
				? ['polyAiDataTablesApi']
				: [];
			const logs = ['trigger', 'triggerAndWait'].includes(operation);
			const parameters = (options: object) => ({ authentication, resource, operation, options });

			const without = shown(version, action, parameters({}));
			expect(without.credentials).toEqual([...ownCredential, ...always]);
			expect(without.fields).toEqual(shown(newest, action, parameters({})).fields);

			if (always.length > 0) {
				// The list of tables is loaded with what expressions give.
				const resolved = { ...parameters({}), tableInUse: '=' };
				expect(shown(version, action, resolved).credentials).toEqual(without.credentials);
			}
			const tables = [
				...CALL_LOGS.map(([how, callLog]) => [`log ${how}`, { callLog }] as const),
				...DO_NOT_CALL_LISTS.map(([how, list]) => [how, { doNotCallList: { list } }] as const),
				['both', { callLog: 'Calls', doNotCallList: { list: {} } }] as const,
			];
			for (const [how, options] of logs ? tables : []) {
				const { credentials } = shown(version, action, parameters(options));
				expect([how, credentials]).toEqual([how, [...ownCredential, 'polyAiDataTablesApi']]);
			}
		});
	});

	test.each(CALL_LOGS)(
		'n8n publishes a saved call log only with its credential: %s',
		(_, callLog) => {
			const { NodeHelpers } = load(version);
			const saved = { operation: 'trigger', options: { callLog } } as INodeParameters;
			const asked = action.credentials?.find(({ name }) => name === 'polyAiDataTablesApi');
			expect(
				NodeHelpers.displayParameter(
					saved,
					asked as INodeCredentialDescription,
					{ typeVersion: 1 },
					action,
				),
			).toBe(true);
		},
	);

	test('as new on the canvas, PolyAI Outbound asks for the token alone', () => {
		expect(shown(version, action, {}).credentials).toEqual(['polyAiApi']);
	});

	describe.each(Object.entries(AUTHENTICATIONS))('the trigger, %s', (authentication, own) => {
		test.each(sources.map(({ value }) => value))('with the source %s', (source) => {
			const { credentials, fields } = shown(version, trigger, { authentication, source });

			expect(credentials).toEqual([own, ...(source === 'callLog' ? ['polyAiDataTablesApi'] : [])]);
			expect(fields).toEqual(shown(newest, trigger, { authentication, source }).fields);
		});
	});
});
