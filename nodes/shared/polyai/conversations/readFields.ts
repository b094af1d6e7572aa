import { isRecord } from '../../isRecord';

type Names = readonly string[];

/**
 * The value of the first of these names that is present; null and an empty text count as not sent.
 */
export function valueAt(record: Record<string, unknown>, names: Names): unknown {
	const isTold = (value: unknown) => value !== undefined && value !== null && value !== '';
	return names.map((name) => record[name]).find(isTold);
}

export function textAt(record: Record<string, unknown>, names: Names): string | undefined {
	const value = valueAt(record, names);
	if (typeof value === 'number') return String(value);
	return typeof value === 'string' ? value.trim() || undefined : undefined;
}

export function numberAt(record: Record<string, unknown>, names: Names): number | undefined {
	const value = Number(textAt(record, names) ?? NaN);
	return Number.isFinite(value) ? value : undefined;
}

export function switchAt(record: Record<string, unknown>, names: Names): boolean | undefined {
	const word = String(valueAt(record, names)).toLowerCase();
	return word === 'true' || word === 'false' ? word === 'true' : undefined;
}

export function recordAt(
	record: Record<string, unknown>,
	names: Names,
): Record<string, unknown> | undefined {
	const value = valueAt(record, names);
	return isRecord(value) ? value : undefined;
}

export function listAt(record: Record<string, unknown>, names: Names): unknown[] | undefined {
	const value = valueAt(record, names);
	return Array.isArray(value) ? value : undefined;
}

/** Milliseconds since 1970; PolyAI's times without an offset are UTC. */
export function timeAt(record: Record<string, unknown>, names: Names): number | undefined {
	const text = textAt(record, names);
	if (text === undefined) return undefined;
	const hasOffset = /(z|[+-]\d\d:?\d\d)$/i.test(text);
	const time = Date.parse(hasOffset ? text : `${text}Z`);
	return Number.isNaN(time) ? undefined : time;
}
