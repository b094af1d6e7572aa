import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { operations } from '../../nodes/PolyAiOutbound/operations.ts';
import { PolyAiAgentsApi } from '../../credentials/PolyAiAgentsApi.credentials.ts';
import { PolyAiApi } from '../../credentials/PolyAiApi.credentials.ts';
import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { PolyAiOutboundTrigger } from '../../nodes/PolyAiOutboundTrigger/PolyAiOutboundTrigger.node.ts';

const { description } = new PolyAiOutbound();
const { properties } = description;

/** What an operation shows by n8n's own rules; n8n gives the twin for AI agents the ending. */
function shownFor(resource: string, operation: string, as: '' | 'Tool' = ''): INodeProperties[] {
	const type = { ...description, name: `${description.name}${as}` };
	const chosen = { authentication: 'agentsApi', resource, operation, returnAll: false };
	return properties.filter((field) => {
		const isOfOperation = field.displayOptions?.show?.operation !== undefined;
		return isOfOperation && NodeHelpers.displayParameter(chosen, field, null, type);
	});
}

function optionsFor(resource: string, operation: string): INodeProperties[] {
	const collection = shownFor(resource, operation).find(({ name }) => name === 'options');
	return (collection?.options ?? []) as INodeProperties[];
}

function named(name: string): INodeProperties[] {
	return properties.filter((property) => property.name === name);
}

/** Everything that a person can fill in, the members of collections included. */
function fieldsWithin(fields: INodeProperties[]): INodeProperties[] {
	return fields.flatMap((field) => {
		if (field.type === 'collection') {
			return [field, ...fieldsWithin((field.options ?? []) as INodeProperties[])];
		}
		if (field.type !== 'fixedCollection') return [field];
		const groups = (field.options ?? []) as INodePropertyCollection[];
		return [field, ...groups.flatMap(({ values }) => fieldsWithin(values))];
	});
}

const NUMBER = ['allowPremium', 'allowedCountries', 'numberCheck'];
const CALLING = [
	...NUMBER,
	'callKey',
	'callLog',
	'callingHours',
	'callsPerMinute',
	'doNotCallList',
	'encryption',
	'includeInputFields',
	'metadata',
	'maxConcurrency',
	'notCalledWithin',
	'requestTimeout',
	'retryServerErrors',
	'skipDuplicates',
	'variantId',
	'workspaceId',
];
const WAITING = ['onTimeout', 'pollInterval', 'waitTimeout'];

describe('the names that saved workflows contain', () => {
	test('of the node, its credentials and its choices', () => {
		expect(description.name).toBe('polyAiOutbound');
		expect(description.credentials?.map(({ name }) => name)).toEqual([
			'polyAiApi',
			'polyAiAgentsApi',
			'polyAiDataTablesApi',
		]);
		expect(choices(named('authentication'))).toEqual(['agentsApi', 'apiToken']);
		expect(choices(named('resource'))).toEqual(['call', 'campaign', 'conversation', 'phoneNumber']);
		expect(choices(named('operation'))).toEqual([
			'trigger',
			'triggerAndWait',
			'getStatus',
			'waitForResult',
			'addPerson',
			'getPeople',
			'getProgress',
			'run',
			'stopPerson',
			'get',
			'getMany',
			'getRecording',
			'validate',
			'block',
			'isBlocked',
			'unblock',
		]);
	});

	test.each([
		['call', 'trigger', ['phoneNumber', 'defaultCountry', 'environment', 'options'], CALLING],
		[
			'call',
			'triggerAndWait',
			['phoneNumber', 'defaultCountry', 'environment', 'options'],
			[...CALLING, ...WAITING, 'includeConversation', 'maxLiveCalls'],
		],
		[
			'call',
			'getStatus',
			['callSid', 'environment', 'options'],
			[
				'fallBackToConversation',
				'ifNotFound',
				'includeConversation',
				'includeInputFields',
				'maxConcurrency',
				'requestTimeout',
			],
		],
		[
			'call',
			'waitForResult',
			['callSid', 'environment', 'options'],
			['includeConversation', 'includeInputFields', 'maxConcurrency', 'requestTimeout', ...WAITING],
		],
		[
			'campaign',
			'addPerson',
			['campaign', 'tableInUse', 'phoneNumber', 'defaultCountry', 'person', 'options'],
			[
				...['numberCheck', 'allowPremium', 'allowedCountries', 'callFrom', 'callUntil'],
				...['ifAlreadyThere', 'includeInputFields', 'metadata'],
			],
		],
		[
			'campaign',
			'run',
			[
				...['campaign', 'tableInUse', 'environment', 'callingHours', 'maxAttempts'],
				...['tryAgainAfter', 'maxLiveCalls', 'options'],
			],
			[
				...['numberCheck', 'allowPremium', 'allowedCountries', 'callsPerMinute', 'doNotCallList'],
				...['encryption', 'maxConcurrency', 'requestTimeout', 'retryServerErrors', 'runFor'],
				...['variantId', 'voicemailCountsAs'],
			],
		],
		['campaign', 'getPeople', ['campaign', 'tableInUse', 'returnAll', 'limit', 'states'], []],
		['campaign', 'getProgress', ['campaign', 'tableInUse'], []],
		['campaign', 'stopPerson', ['campaign', 'tableInUse', 'who'], []],
		['conversation', 'get', ['callSid', 'simple', 'options'], ['maxConcurrency', 'requestTimeout']],
		[
			'conversation',
			'getRecording',
			['callSid', 'binaryPropertyName', 'options'],
			['direction', 'maxConcurrency', 'requestTimeout'],
		],
		[
			'conversation',
			'getMany',
			['workspaceId', 'environment', 'returnAll', 'limit', 'simple', 'filters', 'options'],
			['maxConcurrency', 'requestTimeout'],
		],
		[
			'phoneNumber',
			'validate',
			['phoneNumber', 'defaultCountry', 'options'],
			[...NUMBER, 'includeInputFields'],
		],
		...['block', 'isBlocked', 'unblock'].map((operation): [string, string, string[], string[]] => [
			'phoneNumber',
			operation,
			['phoneNumber', 'defaultCountry', 'doNotCallList', 'tableInUse', 'options'],
			[...NUMBER, 'includeInputFields'],
		]),
	])('of the fields and options of %s: %s', (resource, operation, fields, options) => {
		expect(shownFor(resource, operation).map(({ name }) => name)).toEqual(fields);
		const found = optionsFor(resource, operation).map(({ name }) => name);
		// Later issues add options; none may be lost.
		expect(found).toEqual(expect.arrayContaining(options));
	});

	test('of the credential with an API key', () => {
		const credential = new PolyAiAgentsApi();
		expect(credential.name).toBe('polyAiAgentsApi');
		expect(credential.properties.map(({ name }) => name)).toEqual([
			'region',
			'baseUrl',
			'apiKey',
			'agentId',
			'allowedHttpRequestDomains',
		]);
		expect(choices(credential.properties.slice(0, 1))).toEqual([
			'custom',
			'eu',
			'studio',
			'uk',
			'us',
		]);
		expect(credential.properties[0]?.default).toBe('us');
	});

	test('of the credential with a token', () => {
		const credential = new PolyAiApi();
		expect(credential.name).toBe('polyAiApi');
		expect(credential.properties.map(({ name }) => name)).toEqual([
			'region',
			'baseUrl',
			'token',
			'triggerPath',
			'allowedHttpRequestDomains',
		]);
		expect(choices(credential.properties.slice(0, 1))).toEqual(['custom', 'euw', 'uk', 'us']);
		const path = credential.properties.at(-2)!;
		expect(choices([path])).toEqual([
			'automatic',
			'/v1/outbound-calling/trigger',
			'/v1/outbound-calling',
		]);
		expect(path).toMatchObject({ default: 'automatic' });
		expect(path.required).not.toBe(true);
		expect(credential.properties[0]?.default).toBe('us');
	});

	test.each<[string, unknown]>([
		['numberCheck', 'valid'],
		['allowPremium', false],
		['allowedCountries', []],
		['includeConversation', false],
		['includeInputFields', false],
		['skipDuplicates', false],
		['maxConcurrency', 5],
		['callsPerMinute', 0],
		['maxLiveCalls', 0],
		['notCalledWithin', 0],
		['requestTimeout', 30],
		['retryServerErrors', true],
		['pollInterval', 3],
		['waitTimeout', 15],
		['onTimeout', 'returnStatus'],
	])('the default of %s is %j', (name, value) => {
		const option = optionsFor('call', 'triggerAndWait').find((one) => one.name === name);

		expect(option?.default).toEqual(value);
	});

	test.each([
		['maxConcurrency', 1, 100],
		['pollInterval', 2, 60],
		['waitTimeout', 1, 120],
	])('%s goes from %i to %i', (name, minValue, maxValue) => {
		const option = optionsFor('call', 'triggerAndWait').find((one) => one.name === name);

		expect(option?.typeOptions).toEqual({ minValue, maxValue });
	});

	test('calling hours begin as 09:00 to 20:00, Monday to Saturday, skipping', () => {
		const hours = optionsFor('call', 'trigger').find(({ name }) => name === 'callingHours');

		expect(hours?.default).toEqual({
			window: {
				from: '09:00',
				to: '20:00',
				days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'],
				whenOutside: 'skip',
			},
		});
	});
});

describe('what a person reads', () => {
	const all = fieldsWithin(properties);

	test.each(
		['trigger', 'triggerAndWait', 'getStatus', 'waitForResult']
			.flatMap((operation) => optionsFor('call', operation))
			.map((option): [string, INodeProperties] => [option.name, option]),
	)('the option %s says its default', (_name, option) => {
		expect(option.description).toMatch(/Default: .+\.|Default: \d+, which .+\./);
	});

	test.each([
		['requestTimeout', /seconds/],
		['pollInterval', /seconds/],
		['waitTimeout', /minutes/],
		['callsPerMinute', /per minute/],
		['notCalledWithin', /hours/],
		['maxConcurrency', /requests/],
		['from', /HH:mm/],
		['to', /HH:mm/],
	])('%s says its unit', (name, unit) => {
		const fields = all.filter((field) => field.name === name);

		expect(fields.length).toBeGreaterThan(0);
		for (const field of fields) expect(field.description).toMatch(unit);
	});

	test('the operation that n8n’s node picker preselects is the one that places a call', () => {
		expect(operations[0]?.action).toBe('Trigger call');
	});

	test('options and choices are in alphabetical order', () => {
		for (const field of all) {
			const isWeek = field.name === 'days';
			const isCountry = field.name === 'defaultCountry';
			const names = ((field.options ?? []) as INodePropertyOptions[]).map(
				(option) => (option as { displayName?: string }).displayName ?? option.name,
			);
			// n8n's node picker preselects the first operation: it is the one that most people look for.
			if (isWeek || field.name === 'operation') continue;
			// "None" stands before the countries.
			const sorted = isCountry ? names.slice(1) : names;
			expect(sorted).toEqual([...sorted].sort((a, b) => a.localeCompare(b)));
		}
	});

	test('resource and operation take no expressions, and every operation says what it does', () => {
		for (const field of [...named('resource'), ...named('operation')]) {
			expect(field.noDataExpression).toBe(true);
		}
		const operations = named('operation').flatMap(
			({ options }) => options as INodePropertyOptions[],
		);
		expect(operations).toHaveLength(16);
		for (const { action, description: text } of operations) {
			expect(action).toMatch(/^[A-Z][a-z ]+$/);
			// n8n's guidelines leave articles out.
			expect(action).not.toMatch(/\b(a|an|the|its)\b/);
			expect(text).toMatch(/^[A-Z]/);
		}
	});

	test('examples in empty fields begin as n8n’s do', () => {
		for (const { type, placeholder } of all) {
			const begins =
				type === 'collection' || type === 'fixedCollection' ? /^Add [a-z]/ : /^e\.g\. /;
			if (placeholder) expect(placeholder).toMatch(begins);
		}
	});

	test('every field has words of its own', () => {
		for (const { name, type, description: text } of fieldsWithin(properties)) {
			if (['notice', 'hidden'].includes(type)) continue;
			if (['resource', 'operation', 'options', 'filters'].includes(name)) continue;
			expect(text).toMatch(/^[A-Z].{10,}/);
		}
	});
});

test('the node can be an agent’s tool', () => {
	expect(description.usableAsTool).toBe(true);
});

describe.each([new PolyAiOutbound(), new PolyAiOutboundTrigger()])(
	'$description.displayName',
	({ description: shown }) => {
		const [first] = shown.properties;

		test('asks first which kind of credential it is to use; by default it is the token', () => {
			expect(first).toMatchObject({ name: 'authentication', default: 'apiToken' });
			expect(first?.noDataExpression).toBe(true);
		});

		test.each([
			['apiToken', 'polyAiApi'],
			['agentsApi', 'polyAiAgentsApi'],
		])('with %s it asks for %s and for no other', (authentication, name) => {
			const asked = shown.credentials?.filter(({ displayOptions }) => {
				return displayOptions?.show?.authentication?.includes(authentication);
			});
			expect(asked).toEqual([expect.objectContaining({ name, required: true })]);
		});
	},
);

test('only the Agents API lets people choose a variant', () => {
	const variant = optionsFor('call', 'trigger').find(({ name }) => name === 'variantId');
	expect(variant?.displayOptions?.show).toEqual({ '/authentication': ['agentsApi'] });
});

describe('the trigger', () => {
	const shown = new PolyAiOutboundTrigger().description.properties;
	const fieldsOf = (source: string) => {
		return shown.filter(({ displayOptions }) => displayOptions?.show?.source?.includes(source));
	};

	test('asks for the workspace whose calls PolyAI lists, with an API key', () => {
		const fields = fieldsOf('outboundConversations');
		expect(fields.map(({ name }) => name)).toEqual([
			'agentsApiNotice',
			'workspaceId',
			'environment',
			'simple',
			'options',
		]);
		expect(fields[0]?.displayOptions?.show?.authentication).toEqual(['apiToken']);
	});

	test('may fall back to conversations with an API key, where it does not read them anyway', () => {
		const offered = (authentication: string, source: string) => {
			const chosen = { authentication, source };
			const type = new PolyAiOutboundTrigger().description;
			const isShown = (field: INodeProperties, values: INodeParameters) => {
				return NodeHelpers.displayParameter(values, field, null, type, chosen);
			};
			return shown
				.filter((field) => field.name === 'options' && isShown(field, chosen))
				.flatMap(({ options }) => options as INodeProperties[])
				.filter((field) => isShown(field, {}))
				.map(({ name }) => name);
		};
		expect(offered('agentsApi', 'trackedCalls')).toEqual([
			'fallBackToConversation',
			'includeConversation',
		]);
		expect(offered('agentsApi', 'callLog')).toEqual([
			'fallBackToConversation',
			'includeConversation',
			'keepEndedCalls',
		]);
		expect(offered('agentsApi', 'outboundConversations')).toEqual(['includeConversation']);
		expect(offered('apiToken', 'trackedCalls')).toEqual(['includeConversation']);
		expect(offered('apiToken', 'callLog')).toEqual(['includeConversation', 'keepEndedCalls']);
	});
});

test('only the Agents API asks for an environment, which is live unless chosen', () => {
	const fields = [...named('environment'), ...new PolyAiOutboundTrigger().description.properties];
	const environments = fields.filter(({ name }) => name === 'environment');
	expect(environments).toHaveLength(9);
	for (const field of environments) {
		expect(field.displayOptions?.show?.authentication).toEqual(['agentsApi']);
		expect(choices([field])).toEqual(['live', 'pre-release', 'sandbox']);
		expect(field.default).toBe('live');
	}
});

test.each(['apiToken', 'agentsApi'])('validating asks for no credential: %s', (authentication) => {
	const chosen = { authentication, resource: 'phoneNumber', operation: 'validate' };
	const asked = [...(description.credentials ?? []), ...named('authentication')].filter((one) => {
		return NodeHelpers.displayParameter(chosen, one, null, description);
	});
	expect(asked).toEqual([]);
});

describe('credentials that are asked for', () => {
	const trigger = new PolyAiOutboundTrigger().description;
	const asked = (type: INodeTypeDescription, chosen: INodeParameters) => {
		return (type.credentials ?? [])
			.filter((one) => NodeHelpers.displayParameter(chosen, one, null, type))
			.map(({ name }) => name);
	};
	const justAdded = { callLog: { mode: 'list', value: '' } };
	const emptied = { callLog: { __rl: true, mode: 'list', value: '' } };
	const chosenLog = { callLog: { __rl: true, mode: 'list', value: 'Fm0pXCjSNfVWbgxm' } };

	const listed = { doNotCallList: { list: { tableInUse: "={{ '=' }}" } } };

	test.each<[string, string, INodeParameters, string[]]>([
		['call', 'trigger', {}, ['polyAiApi']],
		['call', 'trigger', justAdded, ['polyAiApi', 'polyAiDataTablesApi']],
		['call', 'trigger', emptied, ['polyAiApi', 'polyAiDataTablesApi']],
		['call', 'trigger', { callLog: '' }, ['polyAiApi', 'polyAiDataTablesApi']],
		['call', 'triggerAndWait', chosenLog, ['polyAiApi', 'polyAiDataTablesApi']],
		['call', 'trigger', { callLog: '={{ $json.log }}' }, ['polyAiApi', 'polyAiDataTablesApi']],
		['call', 'getStatus', {}, ['polyAiApi']],
		['call', 'getStatus', chosenLog, ['polyAiApi']],
		['phoneNumber', 'validate', chosenLog, []],
		['call', 'trigger', listed, ['polyAiApi', 'polyAiDataTablesApi']],
		['call', 'triggerAndWait', { ...listed, ...chosenLog }, ['polyAiApi', 'polyAiDataTablesApi']],
	])('by %s: %s with the options %j', (resource, operation, options, names) => {
		const chosen = { authentication: 'apiToken', resource, operation, options };
		expect(asked(description, chosen)).toEqual(names);
	});

	test.each([
		['campaign', 'addPerson', ['polyAiDataTablesApi']],
		['campaign', 'run', ['polyAiApi', 'polyAiDataTablesApi']],
		['campaign', 'stopPerson', ['polyAiDataTablesApi']],
		['phoneNumber', 'block', ['polyAiDataTablesApi']],
	])('by %s: %s, and when its list of tables is loaded', (resource, operation, names) => {
		const [field] = shownFor(resource, operation).filter(({ name }) => name === 'tableInUse');
		// n8n's editor loads a list with what expressions give.
		for (const tableInUse of [field?.default as string, '=']) {
			const chosen = { authentication: 'apiToken', resource, operation, tableInUse };
			expect(asked(description, chosen)).toEqual(names);
		}
		expect(field?.default).toBe("={{ '=' }}");
	});

	test.each([
		['trackedCalls', ['polyAiApi']],
		['callLog', ['polyAiApi', 'polyAiDataTablesApi']],
		['callSids', ['polyAiApi']],
		['outboundConversations', ['polyAiApi']],
	])('by the trigger with the source %s', (source, names) => {
		expect(asked(trigger, { authentication: 'apiToken', source })).toEqual(names);
	});

	test('have no condition that would make the editor hide a field of the panel', () => {
		for (const { credentials = [], properties: fields } of [description, trigger]) {
			const names = new Set(fields.map(({ name }) => name));
			const shownBy = credentials.flatMap(({ displayOptions }) => {
				return Object.keys(displayOptions?.show ?? {});
			});
			const hidden = shownBy.filter((name) => names.has(name));
			expect([...new Set(hidden)]).toEqual(['authentication']);
		}
	});

	test('have a condition each: the editor offers one without in place of PolyAI’s', () => {
		const conditions = [...description.credentials!, ...trigger.credentials!].map(
			({ displayOptions }) => Object.keys(displayOptions?.show ?? {}),
		);
		for (const { length } of conditions) expect(length).toBeGreaterThan(0);
	});
});

function choices(fields: INodeProperties[]): unknown[] {
	return fields.flatMap(({ options }) =>
		(options as INodePropertyOptions[]).map(({ value }) => value),
	);
}

describe('as the tool of an AI agent', () => {
	const all: Array<[string, string, string]> = [
		['call', 'trigger', 'phoneNumber'],
		['call', 'triggerAndWait', 'phoneNumber'],
		['call', 'getStatus', 'callSid'],
		['call', 'waitForResult', 'callSid'],
		['phoneNumber', 'validate', 'phoneNumber'],
		['phoneNumber', 'block', 'phoneNumber'],
		['phoneNumber', 'isBlocked', 'phoneNumber'],
		['phoneNumber', 'unblock', 'phoneNumber'],
	];

	test.each(all)(
		'%s: %s leaves to the model whom, and nothing else',
		(resource, operation, who) => {
			const shown = shownFor(resource, operation, 'Tool');
			const byModel = fieldsWithin(shown).filter(({ default: value }) => {
				return JSON.stringify(value ?? '').includes('$fromAI');
			});

			expect(byModel.map(({ name }) => name)).toEqual([who]);
			expect(shown.filter(({ name }) => name === who)).toEqual(byModel);
		},
	);

	test.each(all)('%s: %s says whether it calls anyone', (resource, operation) => {
		const [told] = shownFor(resource, operation, 'Tool');

		expect(told?.name).toBe('toolDescription');
		expect(told?.default).toMatch(
			operation.startsWith('trigger') ? /call a real person.*cannot be undone/ : /It calls no one/,
		);
	});

	test.each(['get', 'getMany'])('conversation: %s has Output in place of Simplify', (operation) => {
		const [person, agent] = [
			shownFor('conversation', operation),
			shownFor('conversation', operation, 'Tool'),
		].map((shown) => shown.map(({ name }) => name));

		expect(person).toContain('simple');
		expect(person).not.toContain('output');
		expect(agent).toContain('output');
		expect(agent).not.toContain('simple');
		expect(choices(named('output'))).toEqual(
			expect.arrayContaining(['raw', 'selectedFields', 'simplified']),
		);
	});

	test('a person who uses the node without an agent sees nothing of it', () => {
		for (const [resource, operation] of all) {
			expect(JSON.stringify(shownFor(resource, operation))).not.toMatch(/\$fromAI|toolDescription/);
		}
	});
});
