import type { StoredPerson } from './campaignRow';

const MOST = 10_000;

/**
 * Ends that this process has reported but whose rows it couldn't close yet, for example while n8n
 * was down: they are closed later, and not reported again.
 */
export class ReportedEnds {
	private readonly ends = new Set<string>();

	constructor(private readonly tableId: string) {}

	add(row: StoredPerson): void {
		this.ends.add(this.keyOf(row));
		for (const oldest of this.ends) {
			if (this.ends.size <= MOST) break;
			this.ends.delete(oldest);
		}
	}

	has(row: StoredPerson): boolean {
		return this.ends.has(this.keyOf(row));
	}

	forget(row: StoredPerson): void {
		this.ends.delete(this.keyOf(row));
	}

	private keyOf({ id, claim }: StoredPerson): string {
		return `${this.tableId} ${id} ${claim}`;
	}
}
