import type { TableKind } from '../dataTables/tables';

/** A row of a do-not-call list. People write into it as well, so a number may stand in any notation. */
export interface ListRow {
	phoneNumber: string | number | null;
	/** Why the person is not to be called. */
	reason?: string | null;
}

export const DO_NOT_CALL_LIST: TableKind = {
	purpose: 'do-not-call list',
	field: 'Do-Not-Call List',
	columns: ['phoneNumber', 'reason'],
	optional: ['reason'],
};
