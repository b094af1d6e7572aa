import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodeProperties,
	NodeParameterValueType,
} from 'n8n-workflow';
import { createTable, listTables, type TableKind } from '../../shared/dataTables/tables';
import { textOf } from '../../shared/textOf';
import { withNodeError } from '../withNodeError';
import { openN8nApi } from './openN8nApi';

/** A field in which a data table of one kind is chosen. */
export interface TableField {
	kind: TableKind;
	name: string;
	/** The default name of a new table. */
	usualName: string;
	/** Its action handler, as a node declares it; created by `tableMaker`. */
	createMethod: string;
}

/**
 * Worded as in n8n's own Data Table node; the description is added by the caller. Its list is
 * `searchDataTables`.
 */
export function tableField(field: TableField): INodeProperties {
	const { kind, name, usualName, createMethod } = field;
	return {
		displayName: kind.field,
		name,
		type: 'resourceLocator',
		default: { mode: 'name', value: usualName },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: {
					searchListMethod: 'searchDataTables',
					searchable: true,
					allowNewResource: {
						label: `Create a new ${kind.purpose}`,
						defaultName: usualName,
						method: createMethod,
					},
				},
			},
			{ displayName: 'By Name', name: 'name', type: 'string', placeholder: `e.g. ${usualName}` },
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. Fm0pXCjSNfVWbgxm' },
		],
	};
}

/** The entries of such fields' lists. */
export async function searchDataTables(
	this: ILoadOptionsFunctions,
	filter = '',
): Promise<INodeListSearchResult> {
	return await withNodeError(this, async () => {
		const tables = await listTables(await openN8nApi(this));
		const wanted = filter.trim().toLowerCase();
		const fitting = tables.filter(({ name }) => name.toLowerCase().includes(wanted));
		return { results: fitting.map(({ id, name }) => ({ name, value: id })) };
	});
}

/** "Create a new …" of such a list, under the name that was searched for. */
export function tableMaker({ kind, usualName }: Pick<TableField, 'kind' | 'usualName'>) {
	return async function create(
		this: ILoadOptionsFunctions,
		payload: IDataObject | string | undefined,
	): Promise<NodeParameterValueType> {
		return await withNodeError(this, async () => {
			const name = textOf(payload).trim() || usualName;
			return (await createTable(await openN8nApi(this), kind, name)).id;
		});
	};
}
