import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { doNotCallField, findDoNotCallList } from '../../n8n/dataTables/doNotCallTable';
import { tableInUse } from '../../n8n/dataTables/whenUsingTables';
import { CallError } from '../../shared/errors/callError';
import { skipReasons } from '../../shared/errors/skipReasons';
import type { DoNotCallList } from '../../shared/doNotCall/doNotCallList';
import type { NumberRules } from '../../shared/phoneNumbers/understandNumber';
import type { CallCheck } from '../placing/callRequest';
import { Skipped } from '../placing/placement';
import type { Option } from '../../n8n/option';

const table = {
	...doNotCallField,
	displayName: 'Data Table',
	name: 'table',
	description:
		"The data table with these people, with their numbers in the column 'phoneNumber', in any notation",
};

/** The chosen table; undefined if the option wasn't added. */
export const doNotCallOption: Option<unknown> = {
	field: {
		displayName: 'Do-Not-Call List',
		name: 'doNotCallList',
		type: 'fixedCollection',
		default: { list: { table: table.default, [tableInUse.name]: tableInUse.default } },
		description:
			"A data table with people who are never called, checked right before each call is sent. Their items come out with the status skipped. If a number in the table can't be read, no one is called. Default: none.",
		options: [{ displayName: 'List', name: 'list', values: [table, tableInUse] }],
	},
	read({ doNotCallList }) {
		if (doNotCallList === undefined) return undefined;
		const { list = {} } = doNotCallList as { list?: IDataObject };
		return list.table ?? table.default;
	},
};

/**
 * Runs before any call, so that no one is called who doesn't want to be.
 *
 * @throws CallError when the list isn't there, or can't be used
 */
export async function openDoNotCallList(
	context: IExecuteFunctions,
	options: IDataObject,
): Promise<DoNotCallList | undefined> {
	const chosen = doNotCallOption.read(options);
	if (chosen === undefined) return undefined;
	return await findDoNotCallList(context, chosen).catch(sayNotPlaced);
}

/** @param rules by which the number of the call was read */
export function doNotCallCheck(list: DoNotCallList, rules: NumberRules): CallCheck {
	return async ({ phoneNumber }) => {
		const [row] = await list.find(phoneNumber, rules).catch(sayNotPlaced);
		if (!row) return undefined;
		const reason = skipReasons.onDoNotCallList({ phoneNumber, why: row.reason ?? undefined });
		return new Skipped('onDoNotCallList', reason);
	};
}

async function sayNotPlaced(error: unknown): Promise<never> {
	return await Promise.reject(error instanceof CallError ? error.notPlaced() : error);
}
