import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { internationalPrefixes } from './randomNumbers.mts';

/** A cell, and the default country with which it is read. */
export interface Cell {
	cell: unknown;
	country: CountryCode;
}

export type Pick = <One>(list: readonly One[]) => One;

/** One way in which people, forms and spreadsheets write a number. */
export interface Way {
	name: string;
	/** All numbers written like this have to be accepted. */
	isClear?: true;
	/** Nothing written like this is one number, and the message says why. */
	refusedAs?: string;
	/** @param country a default country, mostly not that of the number */
	write: (number: PhoneNumber, country: CountryCode, pick: Pick) => Cell[];
}

const digitsOf = (text: string) => text.replace(/\D/g, '');
const fullWidth = (text: string) =>
	text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0));
const arabicIndic = (text: string) =>
	text.replace(/\d/g, (digit) => String.fromCodePoint(0x660 + Number(digit)));

const LABELS = ['p:', 'tel:', 'Tel. ', 'whatsapp:', 'callto:', 'Mobile: ', '(work) ', '📞 '];
const LABELS_BEHIND = [' (mobile)', ' (Home)', ' - office', ' mobile'];
const labeled = (text: string, pick: Pick) =>
	pick([true, false]) ? `${pick(LABELS)}${text}` : `${text}${pick(LABELS_BEHIND)}`;

/** How a number is written that doesn't depend on the default country. */
const anywhere = (cells: (number: PhoneNumber, pick: Pick) => unknown[]): Way['write'] => {
	return (number, country, pick) => cells(number, pick).map((cell) => ({ cell, country }));
};

/** How a foreign number may be written, with that default country and with the number's own. */
const abroad = (
	cells: (number: PhoneNumber, country: CountryCode, pick: Pick) => unknown[],
): Way['write'] => {
	return (number, country, pick) => {
		return [country, number.country as CountryCode].flatMap((one) =>
			cells(number, one, pick).map((cell) => ({ cell, country: one })),
		);
	};
};

/** How a number is written inside its country. */
const atHome = (cells: (number: PhoneNumber, pick: Pick) => unknown[]): Way['write'] => {
	return (number, _, pick) => {
		return cells(number, pick).map((cell) => ({ cell, country: number.country as CountryCode }));
	};
};

const BETWEEN_NUMBERS = [
	...[
		' / ',
		'/',
		'/-',
		', ',
		',',
		'; ',
		';',
		' or ',
		' & ',
		' | ',
		'\n',
		'\t',
		'~',
		' ~ ',
		' ::: ',
	],
];
const ENDINGS = [1, 2, 3, 4, 5];
const FOOTNOTES = ['¹', ' ²', '①', ' (1)', ' [2]', '*', ' †'];
const EXTENSIONS = [
	' x5',
	' ext. 12',
	' ext 123',
	'#4',
	';ext=12',
	' (ext. 5)',
	',,12',
	' extension 7',
];

function differentFrom(digits: string): string {
	return `${digits.slice(0, -1)}${(Number(digits.slice(-1)) + 1) % 10}`;
}

function randomDate(pick: Pick): string {
	const range = (from: number, to: number) =>
		Array.from({ length: to - from }, (_, one) => one + from);
	const [year, month, day] = [pick(range(1930, 2035)), pick(range(1, 13)), pick(range(1, 29))];
	const [mm, dd, yy] = [month, day, year % 100].map((part) => String(part).padStart(2, '0'));
	return pick([
		...[
			`${dd}.${mm}.${year}`,
			`${day}.${month}.${year}`,
			`${dd}.${mm}.${yy}`,
			`${dd}. ${mm}. ${year}`,
		],
		...[
			`${year}-${mm}-${dd}`,
			`${year}/${mm}/${dd}`,
			`${mm}/${dd}/${year}`,
			`${month}/${day}/${yy}`,
		],
		...[`${dd}-${mm}-${year}`, `${year}-${mm}-${dd}T08:00:00.000Z`, `${dd}.${mm}.${year} 08:30`],
	]);
}

const isMobile = (number: PhoneNumber) => /MOBILE/.test(number.getType() ?? '');

export const WAYS: readonly Way[] = [
	{
		name: 'with +',
		isClear: true,
		write: anywhere((number, pick) => [
			number.number,
			number.formatInternational().replaceAll(' ', pick([' ', '-', '.', '\u00a0'])),
			pick([fullWidth, arabicIndic])(number.formatInternational()),
		]),
	},
	{
		name: 'with + and a label',
		isClear: true,
		write: anywhere((number, pick) => [
			labeled(pick([number.number, number.formatInternational()]), pick),
		]),
	},
	{
		name: 'with +, in a list of one',
		isClear: true,
		write: anywhere(({ number }, pick) => [pick([[number], JSON.stringify([number])])]),
	},
	{
		name: 'national format',
		isClear: true,
		write: atHome((number, pick) => [
			number.formatNational(),
			pick([fullWidth, arabicIndic])(number.formatNational()),
		]),
	},
	{
		name: 'national format, digits only',
		isClear: true,
		write: atHome((number) => [digitsOf(number.formatNational())]),
	},
	{
		name: 'national format and a label',
		isClear: true,
		write: atHome((number, pick) => [labeled(number.formatNational(), pick)]),
	},
	{
		name: 'national format, numeric cell',
		write: atHome((number) => [Number(digitsOf(number.formatNational()))]),
	},
	{
		name: 'trunk prefix lost, as text',
		write: atHome((number) => [number.nationalNumber]),
	},
	{
		name: 'mobile, trunk prefix lost, numeric cell',
		write: atHome((number) => (isMobile(number) ? [Number(number.nationalNumber)] : [])),
	},
	{
		name: 'any other, trunk prefix lost, numeric cell',
		write: atHome((number) => (isMobile(number) ? [] : [Number(number.nationalNumber)])),
	},
	{
		name: 'with 00',
		write: abroad(({ number }) => [`00${number.slice(1)}`]),
	},
	{
		name: 'with 00 and spaces',
		write: abroad((number, _, pick) => [
			number.formatInternational().replace('+', pick(['00', '00 '])),
		]),
	},
	{
		name: 'with 011',
		write: abroad(({ number }) => [`011${number.slice(1)}`]),
	},
	{
		name: 'with the prefix of the default country or a carrier',
		write: abroad(({ number }, country, pick) => [
			`${pick(internationalPrefixes(country))}${number.slice(1)}`,
		]),
	},
	{
		name: 'with such a prefix, numeric cell',
		write: abroad(({ number }, country, pick) => [
			Number(`${pick(internationalPrefixes(country))}${number.slice(1)}`),
		]),
	},
	{
		name: '+ lost, as text',
		write: abroad(({ number }) => [number.slice(1)]),
	},
	{
		name: '+ lost, with spaces',
		write: abroad((number) => [number.formatInternational().slice(1)]),
	},
	{
		name: '+ lost, numeric cell',
		write: abroad(({ number }) => [Number(number.slice(1))]),
	},
	{
		name: '+ lost, with an exponent',
		write: abroad(({ number }) => [Number(number.slice(1)).toExponential()]),
	},
	{
		name: '+ lost, rounded, with an exponent',
		write: abroad(({ number }, _, pick) => [
			Number(number.slice(1)).toExponential(pick([2, 4, 5])),
		]),
	},
	{
		name: 'two in a cell',
		refusedAs: 'is more than one number',
		write: atHome((number, pick) => {
			// New Caledonia writes numbers as others write dates.
			if (number.country === 'NC') return [];
			const first = pick([number.formatNational(), number.formatInternational(), number.number]);
			const other = differentFrom(number.nationalNumber);
			// Of the second one people write as much as differs.
			const second = pick([
				first.replace(number.nationalNumber, other),
				other,
				other.slice(-pick(ENDINGS)),
			]);
			return [`${first}${pick(BETWEEN_NUMBERS)}${second}`];
		}),
	},
	{
		name: 'a footnote mark behind it',
		refusedAs: 'footnote mark',
		write: atHome((number, pick) => [`${number.formatNational()}${pick(FOOTNOTES)}`]),
	},
	{
		name: 'an extension behind it',
		refusedAs: 'has an extension',
		write: atHome((number, pick) => [`${number.formatNational()}${pick(EXTENSIONS)}`]),
	},
	{
		name: 'a date',
		refusedAs: 'is a date',
		write: anywhere((_, pick) => [randomDate(pick)]),
	},
];
