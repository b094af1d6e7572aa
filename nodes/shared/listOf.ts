import { textOf } from './textOf';

/** Between the entries of a list that an expression returns as one text, or as JSON. */
const SEPARATORS = /[\s,;"[\]]+/;

/**
 * The entries of a list, whether it comes as one or as a text. What can't be read stays an entry
 * that no one can mistake for an empty list: where none means all, everyone would be let through.
 */
export function listOf(given: unknown): string[] {
	if (given === undefined || given === null) return [];
	const list = Array.isArray(given) ? given : textOrType(given).split(SEPARATORS);
	return list.map((entry) => textOrType(entry).trim()).filter(Boolean);
}

function textOrType(entry: unknown): string {
	return typeof entry === 'string' ? entry : textOf(entry) || String(entry);
}
