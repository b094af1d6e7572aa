import { openTable } from '../../../n8n/dataTables/openTable';
import { is } from '../../../shared/dataTables/tableRows';
import { DO_NOT_CALL_LIST, type ListRow } from '../../../shared/doNotCall/listRow';
import { textOf } from '../../../shared/textOf';
import type { Operation } from '../../operation';
import { includeInputFields } from '../../options/includeInputFields';
import { numberOptions } from '../../options/numberOptions';
import type { Option } from '../../../n8n/option';
import { optionsOf } from '../../run/session';
import { LIST_CONCURRENCY, listFields, readNumberHeld } from './listFields';

const reason: Option<string> = {
	field: {
		displayName: 'Reason',
		name: 'reason',
		type: 'string',
		default: '',
		placeholder: 'e.g. asked not to be called again',
		description:
			"Why the person must not be called, for the column 'reason' of the data table, if it has one. Default: none.",
	},
	read: (options) => textOf(options.reason).trim(),
};

export const block: Operation = {
	resource: 'phoneNumber',
	value: 'block',
	name: 'Block',
	action: 'Block phone number',
	description: 'Add a phone number to a do-not-call list, so that it is never called again',
	toolDescription:
		'Adds a phone number to the do-not-call list, so that it is never called again. It calls no one. Use it when a person asks not to be called.',
	fields: listFields(
		'The data table to add the number to. If you enter a name, the first number creates the table.',
	),
	options: [...numberOptions, includeInputFields, reason],
	async open(context) {
		const chosen = context.getNodeParameter('doNotCallList', 0, '');
		const { rows, table } = await openTable<ListRow>(context, DO_NOT_CALL_LIST, chosen);
		const hasReasons = table.columns?.some(({ name }) => name === 'reason') ?? false;
		return {
			concurrency: LIST_CONCURRENCY,
			prepare(item) {
				const { phoneNumber } = readNumberHeld(context, item);
				const why = reason.read(optionsOf(context, item));
				return async () => {
					const own = [is('phoneNumber' as const, phoneNumber)];
					const [known] = await rows.some(own, 1, 'id:asc');
					const row = { phoneNumber, ...(hasReasons && { reason: why || null }) };
					if (!known) await rows.insert(row, own);
					return { phoneNumber, isBlocked: true, isNew: !known };
				};
			},
		};
	},
};
