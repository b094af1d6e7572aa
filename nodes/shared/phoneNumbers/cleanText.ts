/** No-width, direction and soft-hyphen characters that come with copying from a web page or chat. */
const INVISIBLE = /\p{Cf}/gu;

/** What CRMs, lead forms and address books write beside a number. */
export const KIND =
	'tel|tél|telephone|telefon|telefono|teléfono|telefone|téléphone|phone|ph|fon|mobile|mobil|mob|móvil|' +
	'cellphone|cell|cellular|celular|handy|gsm|portable|home|work|office|private|privat|business|' +
	'main|direct|other|whatsapp|wa|sms|call|callto|number|no|nr';
const LABEL_BEFORE = new RegExp(
	`^[([]?\\s*(?:(?:${KIND}|[ptmhwc])\\b[\\s.]*){1,2}[)\\]]?\\s*[.:=\\-–—]*\\s*(?://)?\\s*(?=[+(\\d])`,
	'iu',
);
const LABEL_AFTER = new RegExp(
	`(?<=\\d)\\s*(?:[([]\\s*(?:${KIND}|[ptmhwc])\\.?\\s*[)\\]]|[\\s\\-–—]+(?:${KIND})\\.?)$`,
	'iu',
);

/**
 * The text of a phone number as a person would read it: digits of any script as 0 to 9, and without
 * what spreadsheets, web pages, CRMs and `tel:` links add to it (promise 0 of the design).
 */
export function cleanText(text: string): string {
	return withContext(
		withAsciiDigits(text.normalize('NFKC'))
			.replace(INVISIBLE, '')
			.trim()
			.replace(/^="(.*)"$/, '$1')
			.replace(/^['’‘`"“”]+|["'“”]+$/g, '')
			.replace(/^[\p{Extended_Pictographic}\p{RI}\ufe0f\s]+/u, '')
			.replace(LABEL_BEFORE, '')
			.replace(LABEL_AFTER, '')
			.replace(/^\(\s*\+\s*(\d+)\s*\)/, '+$1 ')
			.replace(/^([+0]\d+)\.0+$/, '$1')
			.replace(/[\s,;.|]+$/, ''),
	);
}

/** `tel:7400123456;phone-context=+44` (RFC 3966): the context says what a number without plus lacks. */
function withContext(text: string): string {
	const [, number, context] = /^([^;]*);phone-context=([^;]*)$/i.exec(text) ?? [];
	if (number === undefined) return text;
	return context?.startsWith('+') && !number.startsWith('+') ? `${context} ${number}` : number;
}

function withAsciiDigits(text: string): string {
	return text.replace(/(?![0-9])\p{Nd}/gu, digitOf);
}

/** Every script has its digits in ten places, 0 first; two of Myanmar's stand behind each other. */
function digitOf(sign: string): string {
	const code = sign.codePointAt(0) ?? 0;
	let zero = code;
	while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
	return String((code - zero) % 10);
}
