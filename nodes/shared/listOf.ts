import { textOf } from './textOf';

/** Between the entries of a list that an expression returns as one text, or as JSON. */
const SEPARATORS = /[\s,;"[\]]+/;

/** The entries of a list, whether it comes as one or as a text. */
export function listOf(given: unknown): string[] {
	const list = Array.isArray(given) ? given : textOf(given).split(SEPARATORS);
	return list.map((entry) => textOf(entry).trim()).filter(Boolean);
}
