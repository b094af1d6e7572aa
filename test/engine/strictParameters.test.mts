import {
	deepCopy,
	type IExecuteFunctions,
	type INodeParameters,
	type INodeProperties,
} from 'n8n-workflow';

import { runNode } from '../support/engine/runNode.mts';
import { tinyNode } from '../support/engine/tinyNode.mts';

const properties: INodeProperties[] = [
	{ displayName: 'Operation', name: 'operation', type: 'string', default: 'call' },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		displayOptions: { show: { operation: ['call'] } },
		options: [
			{ displayName: 'Pace', name: 'pace', type: 'number', default: 0 },
			{
				displayName: 'Hours',
				name: 'hours',
				type: 'fixedCollection',
				default: {},
				options: [
					{
						name: 'window',
						displayName: 'Window',
						values: [{ displayName: 'From', name: 'from', type: 'string', default: '09:00' }],
					},
				],
			},
			{
				displayName: 'Pairs',
				name: 'pairs',
				type: 'fixedCollection',
				typeOptions: { multipleValues: true },
				default: {},
				options: [
					{
						name: 'pair',
						displayName: 'Pair',
						values: [{ displayName: 'Key', name: 'key', type: 'string', default: '' }],
					},
				],
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		default: {},
		displayOptions: { show: { operation: ['wait'] } },
		options: [{ displayName: 'Patience', name: 'patience', type: 'number', default: 0 }],
	},
];

const filledIn: INodeParameters = {
	operation: 'call',
	options: { pace: 3, hours: { window: { from: '10:00' } }, pairs: { pair: [{ key: 'a' }] } },
};

interface Options {
	[name: string]: unknown;
	hours: { window: { [name: string]: string } };
	pairs: { pair: Array<{ [name: string]: string }> };
}

/** Runs a node that reads its parameters so, and swallows whatever that throws. */
async function reading(
	read: (context: IExecuteFunctions, options: Options) => unknown,
	parameters: INodeParameters = filledIn,
): Promise<unknown> {
	let seen: unknown;
	const node = tinyNode(
		{
			async execute(this: IExecuteFunctions) {
				try {
					const options = this.getNodeParameter('options', 0) as Options;
					seen = deepCopy(read(this, options) as object);
				} catch {
					return [[]];
				}
				return [[]];
			},
		},
		{ properties },
	);
	await runNode({ node, parameters });
	return seen;
}

test.each<[string, (context: IExecuteFunctions, options: Options) => unknown]>([
	['a parameter', (context) => context.getNodeParameter('operatoin', 0, 'call')],
	['a member by path', (context) => context.getNodeParameter('options.pase', 0, 1)],
	[
		'a member of a group by path',
		(context) => context.getNodeParameter('options.hours.window.to', 0, ''),
	],
	['a member', (_context, options) => options.pase],
	['a member of a group', (_context, { hours }) => hours.window.to],
	['a member of one of several groups', (_context, { pairs }) => pairs.pair[0]?.value],
	['a member that only another operation shows', (_context, options) => options.patience],
])('a test fails when its node reads %s that is not declared', async (_what, read) => {
	await expect(reading(read)).rejects.toThrow('not declared in the description');
});

test.each<[string, (context: IExecuteFunctions, options: Options) => unknown, unknown]>([
	['a parameter', (context) => context.getNodeParameter('operation', 0), 'call'],
	['a member by path', (context) => context.getNodeParameter('options.pace', 0), 3],
	[
		'a group by path',
		(context) => context.getNodeParameter('options.hours.window', 0),
		{ from: '10:00' },
	],
	['an entry by path', (context) => context.getNodeParameter('options.pairs.pair[0].key', 0), 'a'],
	['a collection as a whole', (_context, options) => ({ ...options }), filledIn.options],
	[
		'a collection as JSON',
		(_context, options) => JSON.stringify(options),
		JSON.stringify(filledIn.options),
	],
	[
		'a declared member that is not filled in',
		(_context, { pairs }) => pairs.pair[1]?.key,
		undefined,
	],
])('a node may read %s', async (_what, read, value) => {
	expect(await reading(read)).toEqual(value);
});

test('the options of an operation are those that it shows', async () => {
	const parameters = { operation: 'wait', options: { patience: 5 } };

	expect(await reading((_context, options) => options.patience, parameters)).toBe(5);
});
