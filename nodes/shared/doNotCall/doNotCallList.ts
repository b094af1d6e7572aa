import { badRequest } from '../errors/badRequest';
import { CallError } from '../errors/callError';
import { is, isAfter, type Stored, type TableRows } from '../dataTables/tableRows';
import { numberIn, type NumberRules } from '../phoneNumbers/understandNumber';
import { toResult } from '../toResult';
import { textOf } from '../textOf';
import type { Clock } from '../time/clock';
import type { ListRow } from './listRow';

/** How long until changed or deleted rows are noticed; new ones are noticed at once. */
const WHOLE_AGAIN_MS = 60_000;

export type ListedRow = Stored<ListRow>;

/** The rows by their numbers, as read by some rules. */
interface Index {
	rules: string;
	of: readonly ListedRow[];
	byNumber: Map<string, ListedRow[]>;
}

/** The people who must not be called, from a data table's current rows. */
export class DoNotCallList {
	private rows: readonly ListedRow[] = [];
	private readAt = -Infinity;
	private reading?: Promise<void>;
	private index?: Index;

	/** @param name of the table, for messages */
	constructor(
		private readonly table: TableRows<ListRow>,
		private readonly name: string,
		private readonly clock: Clock,
	) {}

	/**
	 * The rows that hold a number.
	 *
	 * @param rules for reading the cells: the same as for the number itself
	 * @throws CallError if the list can't be read, or a cell in it, as it could hold this number
	 */
	async find(phoneNumber: string, rules: NumberRules): Promise<readonly ListedRow[]> {
		await this.readUpToNow();
		return this.indexBy(rules).byNumber.get(phoneNumber) ?? [];
	}

	/** Deletes rows. */
	async remove(rows: readonly ListedRow[]): Promise<void> {
		for (const { id } of rows) await this.table.remove([is('id', id)]);
		this.rows = this.rows.filter((row) => !rows.includes(row));
	}

	/**
	 * A read in progress may be older than this request; all requests that come in the meantime share
	 * one read.
	 */
	private async readUpToNow(): Promise<void> {
		const { reading } = this;
		if (reading) await toResult(async () => await reading);
		if (this.reading === reading || !this.reading) this.reading = this.read();
		await this.reading;
	}

	private async read(): Promise<void> {
		const now = this.clock.now();
		if (now - this.readAt >= WHOLE_AGAIN_MS) {
			this.rows = await this.table.all([]);
			this.readAt = now;
			return;
		}
		const newest = this.rows.at(-1)?.id ?? 0;
		const more = await this.table.all([isAfter('id', newest)]);
		if (more.length > 0) this.rows = [...this.rows, ...more];
	}

	private indexBy(rules: NumberRules): Index {
		const key = JSON.stringify(rules);
		const known = this.index;
		if (known?.rules === key && known.of === this.rows) return known;
		const byNumber = new Map<string, ListedRow[]>();
		for (const row of this.rows) {
			const number = this.numberOf(row, rules);
			if (number) byNumber.set(number, [...(byNumber.get(number) ?? []), row]);
		}
		this.index = { rules: key, of: this.rows, byNumber };
		return this.index;
	}

	/**
	 * Undefined for an empty cell, which belongs to no one. A number that isn't allowed may be
	 * listed, too.
	 */
	private numberOf({ id, phoneNumber }: ListedRow, rules: NumberRules): string | undefined {
		if (textOf(phoneNumber).trim() === '') return undefined;
		try {
			return numberIn(phoneNumber, rules).number;
		} catch (error) {
			throw error instanceof CallError ? this.unreadable(id, error) : error;
		}
	}

	private unreadable(id: number, { message, details }: CallError): CallError {
		const whatToDo = details.description;
		return badRequest.unreadableRow({ list: this.name, row: id, why: message, whatToDo });
	}
}
