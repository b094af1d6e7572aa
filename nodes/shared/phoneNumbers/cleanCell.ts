import { isRecord } from '../isRecord';

/** No-width, direction and soft-hyphen characters that come with copying from a web page or chat. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/g;

/**
 * The text of a phone number as a person would read it in a cell: without what spreadsheets, web
 * pages and `tel:` links add to it (design § 3.3).
 */
export function cleanCell(cell: unknown): string {
	return textOf(cell)
		.normalize('NFKC')
		.replace(INVISIBLE, '')
		.trim()
		.replace(/^="(.*)"$/, '$1')
		.replace(/^['’‘`"]+|["']+$/g, '')
		.replace(/^tel:/i, '')
		.replace(/^(\+?\d+)\.0+$/, '$1')
		.trim();
}

/** An AI Agent may hand over an object that holds nothing but the number. */
function textOf(cell: unknown): string {
	if (typeof cell === 'string') return cell;
	if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
	if (!isRecord(cell)) return '';
	const values = Object.values(cell);
	return values.length === 1 && !isRecord(values[0]) ? textOf(values[0]) : '';
}
