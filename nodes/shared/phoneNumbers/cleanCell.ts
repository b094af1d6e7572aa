import { textOf } from '../textOf';

/** No-width, direction and soft-hyphen characters that come with copying from a web page or chat. */
const INVISIBLE = /\p{Cf}/gu;

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
		.replace(/^['’‘`"“”]+|["'“”]+$/g, '')
		.replace(/^tel:\s*/i, '')
		.replace(/^\(\s*\+(\d+)\s*\)/, '+$1 ')
		.replace(/^(\+?\d+)\.0+$/, '$1')
		.trim();
}
