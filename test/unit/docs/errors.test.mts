import { readdirSync, readFileSync } from 'node:fs';
import { addedSentences } from '../../../nodes/shared/errors/addedSentences.ts';
import { skipReasons } from '../../../nodes/shared/errors/skipReasons.ts';
import { catalogue, PAGE, withTables } from '../../../scripts/errors.mts';

const FOLDER = 'nodes/shared/errors/';

const sources = ['credentials', 'nodes'].flatMap((folder) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.ts'))
		.map((name) => ({
			file: `${folder}/${name}`,
			text: readFileSync(`${folder}/${name}`, 'utf8'),
		})),
);

const errors = Object.entries(catalogue).flatMap(([code, entries]) =>
	Object.entries(entries).map(([name, { message, description }]) => {
		return { code, name, message, description };
	}),
);
const texts = Object.entries({ addedSentences, skipReasons }).flatMap(([code, entries]) =>
	Object.entries(entries).map(([name, { text }]) => ({ code, name, text })),
);

test('docs/errors.md is what the catalogue gives; `npm run docs:errors` writes it', () => {
	const page = readFileSync(PAGE, 'utf8');
	expect(withTables(page)).toBe(page);
	expect(page.split('\n').filter((line) => line.startsWith('| '))).toHaveLength(
		errors.length + 2 * Object.keys(catalogue).length,
	);
});

test('no error is made but from the catalogue', () => {
	const makers = sources
		.filter(({ text }) => /\bnew (CallError|NodeOperationError|NodeApiError)\(/.test(text))
		.map(({ file }) => file);
	expect(makers.sort()).toEqual([
		'nodes/n8n/nodeError.ts',
		`${FOLDER}callError.ts`,
		`${FOLDER}errorsOf.ts`,
	]);
});

test('nothing in the catalogue is unused', () => {
	const isUsed = ({ code, name }: { code: string; name: string }) =>
		sources.some(({ text }) => new RegExp(`\\b${code}\\.${name}\\b`).test(text)) ||
		(sources.some(({ text }) => text.includes(`${code}[`)) &&
			sources.some(({ text }) => text.includes(`'${name}'`)));

	expect(errors.length).toBeGreaterThan(100);
	expect([...errors, ...texts].filter((one) => !isUsed(one))).toEqual([]);
});

/** By n8n's UX guidelines, and in its spirit; and HTTP codes. */
const AVOIDED = /\b(errors?|problems?|fail\w*|mistakes?|please|sorry|oops|invalid|[45]\d\d)\b/i;

describe.each(errors)('$code, $name: $message', ({ message, description }) => {
	it('says what is the matter, without a period', () => {
		expect(message).toMatch(/^['“{A-Zn].*[^.\s]$/);
	});

	it('says what to do, in other sentences', () => {
		expect(description).toMatch(/^['"{A-Zn].*[.\]}]$/);
		expect(description).not.toContain(message);
	});

	it('has no word that n8n asks to avoid and no code', () => {
		expect(`${message} ${description}`).not.toMatch(AVOIDED);
	});
});

test.each(texts)('$code, $name is a sentence: $text', ({ text }) => {
	expect(text).toMatch(/^(\{phoneNumber\}|[A-Z]).*\.$/);
	expect(text).not.toMatch(AVOIDED);
});
