import type { IDataObject } from 'n8n-workflow';
import {
	entriesOfJson,
	readMetadata,
	type MetadataEntry,
} from '../../shared/metadata/readMetadata';
import type { Option } from '../../n8n/option';

/** What the voice agent should know about the call. */
export const metadata: Option<Record<string, string> | undefined> = {
	field: {
		displayName: 'Metadata',
		name: 'metadata',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add metadata',
		default: {},
		description:
			'What the voice agent should know about the call, less than 26 kB. Numbers, dates, and true or false are sent as text. Default: none.',
		options: [
			{
				displayName: 'Field',
				name: 'fields',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. first_name',
						description: 'The name of the value for the voice agent: letters, digits, _ and -',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. Ada',
						description: 'What the voice agent should know',
					},
				],
			},
			{
				displayName: 'JSON',
				name: 'json',
				values: [
					{
						displayName: 'JSON',
						name: 'json',
						type: 'json',
						default: '{}',
						placeholder: 'e.g. {"first_name": "Ada"}',
						description: 'An object with names and values. You can also use an expression.',
					},
				],
			},
		],
	},
	read(options) {
		const { fields = [], json = [] } = (options.metadata ?? {}) as Record<string, IDataObject[]>;
		return readMetadata([
			...fields.map(({ name, value }): MetadataEntry => [name, value]),
			...json.flatMap((group) => entriesOfJson(group.json)),
		]);
	},
};
