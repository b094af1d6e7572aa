import { badRequest } from '../errors/badRequest';

/** A date from JavaScript or from n8n's expressions (`$now`). */
interface DateLike {
	toISO?: () => string | null;
}

/**
 * The value of a cell or a field, as the text that PolyAI accepts; undefined for null, which means
 * "not known".
 *
 * @throws CallError `badRequest` for values that aren't text, such as a list
 */
export function metadataValue(name: string, value: unknown): string | undefined {
	if (value === null || value === undefined) return undefined;
	if (typeof value === 'string') return value;
	if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	const text = typeof value === 'object' ? dateText(value) : undefined;
	if (text !== undefined) return text;
	throw explanationOf(value)({ name });
}

/** ISO 8601 */
function dateText(value: DateLike): string | undefined {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	return typeof value.toISO === 'function' ? (value.toISO() ?? undefined) : undefined;
}

function explanationOf(value: unknown) {
	if (Array.isArray(value)) return badRequest.metadataIsList;
	if (typeof value === 'number') return badRequest.metadataIsNoNumber;
	if (value instanceof Date) return badRequest.metadataIsNoDate;
	return badRequest.metadataIsObject;
}
