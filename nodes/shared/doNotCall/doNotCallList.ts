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

/** The rows by their numbers, as read by some rules: for each country in a campaign by others. */
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
	private indexes: Index[] = [];

	/** @param name of the table, for messages */
	constructor(
		private readonly table: TableRows<ListRow>,
		private readonly name: string,
		private readonly clock: Clock,
	) {}

	/**
	 * The rows that hold a number.
	 *
	 * @param readings rules for reading the cells, usually those of the number itself: by whichever a
	 * cell holds the number
	 * @throws CallError if the list can't be read, or a cell by none of the rules, as it could hold
	 * this number
	 */
	async find(phoneNumber: string, ...readings: NumberRules[]): Promise<readonly ListedRow[]> {
		await this.readUpToNow();
		return this.indexBy(readings).byNumber.get(phoneNumber) ?? [];
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

	private indexBy(readings: readonly NumberRules[]): Index {
		const rules = JSON.stringify(readings);
		this.indexes = this.indexes.filter((index) => index.of === this.rows);
		const known = this.indexes.find((index) => index.rules === rules);
		if (known) return known;
		const byNumber = new Map<string, ListedRow[]>();
		for (const row of this.rows) {
			for (const number of this.numbersOf(row, readings)) {
				byNumber.set(number, [...(byNumber.get(number) ?? []), row]);
			}
		}
		const index = { rules, of: this.rows, byNumber };
		this.indexes.push(index);
		return index;
	}

	/**
	 * None for an empty cell, which belongs to no one. A number that isn't allowed may be listed,
	 * too.
	 */
	private numbersOf({ id, phoneNumber }: ListedRow, readings: readonly NumberRules[]): Set<string> {
		const numbers = new Set<string>();
		if (textOf(phoneNumber).trim() === '') return numbers;
		let refusal: unknown;
		for (const rules of readings) {
			try {
				numbers.add(numberIn(phoneNumber, rules).number);
			} catch (error) {
				refusal ??= error;
			}
		}
		if (numbers.size > 0) return numbers;
		throw refusal instanceof CallError ? this.unreadable(id, refusal) : refusal;
	}

	private unreadable(id: number, { message, details }: CallError): CallError {
		const whatToDo = details.description;
		return badRequest.unreadableRow({ list: this.name, row: id, why: message, whatToDo });
	}
}
