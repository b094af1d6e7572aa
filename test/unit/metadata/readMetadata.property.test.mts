import * as fc from 'fast-check';
import { CallError } from '../../../nodes/shared/errors/callError.ts';
import { entriesOfJson, readMetadata } from '../../../nodes/shared/metadata/readMetadata.ts';

const NAME = /^[A-Za-z0-9_-]+$/;

function read(json: unknown): Record<string, string> | undefined | CallError {
	try {
		return readMetadata(entriesOfJson(json));
	} catch (error) {
		if (error instanceof CallError) return error;
		throw error;
	}
}

test('whatever is given, PolyAI gets what it takes, or the person gets a sentence', () => {
	fc.assert(
		fc.property(fc.oneof(fc.anything(), fc.jsonValue(), fc.json(), fc.string()), (given) => {
			const result = read(given);
			if (result instanceof CallError) {
				expect(result.code).toBe('badRequest');
				expect(result.message).toMatch(/metadata/);
				return;
			}
			const entries = Object.entries(result ?? { a: '' });
			expect(entries.length).toBeGreaterThan(0);
			for (const [name, value] of entries) {
				expect(name).toMatch(NAME);
				expect(typeof value).toBe('string');
			}
			const base64 = Buffer.from(JSON.stringify(result ?? {})).toString('base64');
			expect(base64.length).toBeLessThan(26 * 1024);
		}),
		{ numRuns: 3000, seed: 20261124 },
	);
});

const flat = fc.dictionary(
	fc.oneof(fc.stringMatching(NAME), fc.constantFrom('__proto__', 'constructor', 'toString')),
	fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean()),
	{ maxKeys: 8 },
);

test('names and values arrive as they were given, as text or as an object', () => {
	fc.assert(
		fc.property(flat, (given) => {
			const expected = Object.fromEntries(
				Object.entries(given).map(([name, value]) => [name, String(value)]),
			);
			const wanted = Object.keys(expected).length > 0 ? expected : undefined;
			expect(read(given)).toEqual(wanted);
			expect(JSON.stringify(read(JSON.stringify(given)))).toBe(JSON.stringify(wanted));
		}),
		{ numRuns: 2000, seed: 20261124 },
	);
});

test('the limit is met exactly, whatever the text is made of', () => {
	const seen = { taken: 0, refused: 0 };
	const text = fc
		.tuple(fc.constantFrom('x', 'é', '日', '🎉', '"', '\n'), fc.integer({ min: 1, max: 20_000 }))
		.map(([letter, times]) => letter.repeat(times));
	fc.assert(
		fc.property(text, (value) => {
			const base64 = Buffer.from(JSON.stringify({ a: value })).toString('base64').length;
			const isTaken = !(read({ a: value }) instanceof CallError);
			expect(isTaken).toBe(base64 < 26 * 1024);
			seen[isTaken ? 'taken' : 'refused']++;
		}),
		{ numRuns: 300, seed: 20261124 },
	);
	expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(50);
});
