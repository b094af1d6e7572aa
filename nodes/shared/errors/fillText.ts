type Value = string | number;

/** Of `{name}`. Braces with a blank in them belong to an expression of n8n, or to JSON. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
	? (Name extends `${string} ${string}` ? never : Name) | Names<Rest>
	: never;

type WithoutOptionalParts<Text extends string> =
	Text extends `${infer Before}[${string}]${infer Rest}`
		? `${Before}${WithoutOptionalParts<Rest>}`
		: Text;

/** All that a text needs; what stands in its optional parts only may be missing. */
export type Values<Text extends string> = { [Name in Names<Text>]?: Value } & {
	[Name in Names<WithoutOptionalParts<Text>>]: Value;
};

/** The only argument of a function, optional where nothing in it is needed. */
export type Given<V> = Record<never, never> extends V ? [values?: V] : [values: V];

const PLACEHOLDER = /(“?)\{(\w+)\}/g;
const OPTIONAL_PART = /\[([^[\]]*\{\w+\}[^[\]]*)\]/;

/** Of a quote; a person knows it by its beginning. */
const LONGEST_QUOTE = 80;

/**
 * Puts values in the place of `{name}`, shortened in “{name}”. A part in brackets with a placeholder,
 * such as `[: {said}]`, is left out when one of its values is missing or empty.
 */
export function fill(text: string, values: Readonly<Record<string, unknown>>): string {
	const valueOf = (name: string | undefined) => String(values[name ?? ''] ?? '');
	const isComplete = (part: string) =>
		[...part.matchAll(PLACEHOLDER)].every(([, , name]) => valueOf(name) !== '');
	const filled = (part: string) =>
		part.replace(PLACEHOLDER, (_, quote: string, name: string) => {
			return quote + (quote ? valueOf(name).slice(0, LONGEST_QUOTE) : valueOf(name));
		});
	// Every second one is what was in brackets.
	const parts = text.split(OPTIONAL_PART);
	return parts.map((part, i) => (i % 2 === 0 || isComplete(part) ? filled(part) : '')).join('');
}

/** A function for each text, which fills it; the text itself is its property `text`. */
export function textsOf<const Texts extends Record<string, string>>(texts: Texts) {
	const entries = Object.entries(texts).map(([name, text]) => {
		return [name, Object.assign((values = {}) => fill(text, values), { text })];
	});
	return Object.fromEntries(entries) as {
		[Name in keyof Texts]: { text: string } & ((...given: Given<Values<Texts[Name]>>) => string);
	};
}
