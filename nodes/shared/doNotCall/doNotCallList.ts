import { badRequest } from '../errors/badRequest';
import { CallError } from '../errors/callError';
import { is, isAfter, type Stored, type TableRows } from '../dataTables/tableRows';
import { numberIn, type NumberRules } from '../phoneNumbers/understandNumber';
import { toResult } from '../toResult';
import { textOf } from '../textOf';
import type { Clock } from '../time/clock';
import type { ListRow } from './listRow';

/** Rows that were changed or deleted are seen after so long; new ones at once. */
const WHOLE_AGAIN_MS = 60_000;

export type ListedRow = Stored<ListRow>;

/** The rows by the numbers that they hold, as some rules read them. */
interface Index {
	rules: string;
	of: readonly ListedRow[];
	byNumber: Map<string, ListedRow[]>;
}

/** Whom nobody may call, as a data table has it at the moment at which it is asked. */
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
	 * @param rules by which cells are read: those by which the number itself was
	 * @throws CallError when the list cannot be read, or a cell of it, which could hold this number
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

	/** What somebody else is reading may be older than this question; all that come meanwhile share one. */
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

	/** Nothing for an empty cell, which is nobody's. One that is not allowed can stand there, too. */
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
