import type { TableKind } from '../dataTables/tables';

/** A row of a do-not-call list. People edit it, too, so a number may be in any notation. */
export interface ListRow {
	phoneNumber: string | number | null;
	/** Why the person must not be called. */
	reason?: string | null;
}

export const DO_NOT_CALL_LIST: TableKind = {
	purpose: 'do-not-call list',
	field: 'Do-Not-Call List',
	columns: ['phoneNumber', 'reason'],
	optional: ['reason'],
};
