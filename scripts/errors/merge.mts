import type { ListedError } from './findErrors.mts';
import { UNKNOWN } from './texts.mts';

/** The same errors, each once: what two have in common stands once, with the rest in brackets. */
export function merged(errors: readonly ListedError[]): ListedError[] {
	const byDescription = mergedBy(errors, 'message', 'description');
	return mergedBy(byDescription, 'description', 'message');
}

type Words = 'message' | 'description';

/** Those that have `same` in common are made one where their `other` words differ only by an addition. */
function mergedBy(errors: readonly ListedError[], other: Words, same: Words): ListedError[] {
	const kept: ListedError[] = [];
	for (const error of errors) {
		const index = kept.findIndex((one) => {
			return (
				one.code === error.code && one[same] === error[same] && !!oneOf(one[other], error[other])
			);
		});
		const like = kept[index];
		if (like) kept[index] = { ...like, [other]: oneOf(like[other], error[other]) };
		else kept.push(error);
	}
	return kept;
}

/** Both texts as one, where one only adds to the other or is a case of it. */
function oneOf(first = '', second = ''): string | undefined {
	const [short, long] = [first, second].sort((a, b) => a.length - b.length) as [string, string];
	if (short === '' || covers(long, short)) return long;
	if (covers(short, long)) return short;
	if (long.startsWith(short)) return `${short}[${long.slice(short.length)}]`;
	if (long.endsWith(short)) return `[${long.slice(0, -short.length)}]${short}`;
	return undefined;
}

/** Whether a text is what a listed one stands for. */
export function covers(listed: string, text: string): boolean {
	return patternOf(listed).test(text);
}

function patternOf(listed: string): RegExp {
	const source = listed
		.split(/(…|\[|\])/)
		.map((part) => {
			if (part === UNKNOWN) return '.*';
			if (part === '[') return '(?:';
			return part === ']' ? ')?' : part.replace(/[.*+?^${}()|\\]/g, '\\$&');
		})
		.join('');
	return new RegExp(`^${source}$`, 'su');
}
