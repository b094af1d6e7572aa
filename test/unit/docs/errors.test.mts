import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { maxConcurrency } from '../../../nodes/PolyAiOutbound/options/sendingOptions.ts';
import { CallError, stopped } from '../../../nodes/shared/callError.ts';
import { march2026 } from '../../../nodes/shared/polyai/versions/march2026.ts';
import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import { understandNumber } from '../../../nodes/shared/phoneNumbers/understandNumber.ts';
import * as explain from '../../../nodes/shared/polyai/explain.ts';
import { findErrors, type ListedError } from '../../../scripts/errors/findErrors.mts';
import { covers } from '../../../scripts/errors/merge.mts';
import { errorsPage } from '../../../scripts/errors/page.mts';
import { openProgram, sourceFiles } from '../../../scripts/errors/program.mts';

const program = openProgram(sourceFiles());
const sites = findErrors(program);
const listed = sites.flatMap(({ errors }) => errors);

test('docs/errors.md is what the sources give; `npm run docs:errors` writes it', () => {
	expect(readFileSync('docs/errors.md', 'utf8')).toBe(errorsPage(program));
});

test('every place in the sources that makes an error was looked at', () => {
	const made = sourceFiles()
		.map((file) => readFileSync(file, 'utf8'))
		.flatMap((text) => [...text.matchAll(/new (\w*Error)\(/g)]);
	const read = sites.map(({ kind }) => kind).filter((kind) => kind !== 'credential test');

	expect(made.length).toBeGreaterThan(20);
	expect(read.sort()).toEqual(made.map(([, kind]) => kind).sort());
});

describe('an error whose words nobody could read from the sources is refused', () => {
	const folder = mkdtempSync(join(tmpdir(), 'polyai-errors-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	const errorsOf = (statement: string) => {
		const file = join(folder, 'example.ts');
		const callError = resolve('nodes/shared/callError');
		writeFileSync(
			file,
			`import { CallError } from '${callError}';\nexport function fail(text: string): never {\n${statement}\n}\n`,
		);
		return findErrors(openProgram([file])).flatMap(({ errors }) => errors);
	};

	it('a message that only a run can tell', () => {
		const statement = "throw new CallError('badRequest', text.trim());";
		expect(() => errorsOf(statement)).toThrow(/example\.ts:3: .*cannot be read/);
	});

	it('a kind of error that the page does not know', () => {
		expect(() => errorsOf('throw new RangeError(text);')).toThrow(/RangeError/);
	});

	it('while one with words is listed', () => {
		const statement =
			"const [message, description] = text ? ['Too long', 'Cut it'] : ['Empty', 'Fill it in'];\n" +
			"throw new CallError('badRequest', `${message}: ${text}`, { description });";
		const words = errorsOf(statement).map(({ message, description }) => [message, description]);
		expect(words).toEqual([
			['Too long: …', 'Cut it'],
			['Empty: …', 'Fill it in'],
		]);
	});
});

const rules = {
	defaultCountry: '',
	numberCheck: 'valid' as const,
	allowPremium: false,
	allowedCountries: ['US'],
};

const NUMBERS = [
	'',
	'4.42079E+11',
	'030 123456/7',
	'+44 20 7946 0018 ext. 3',
	'call me',
	'+999 123456',
	'020 7946 0018',
	'+44 20',
	'+44 20 7946 0018 00 11 22 33',
	'+44 20 7946 001',
	'+44 99 9999 9999',
	'+44 909 879 0000',
	'+44 20 7946 0018',
];

const REASONS = ['timeout', 'reset', 'refused', 'nameNotFound', 'tls', 'network'] as const;

const answer = (status: number, body: unknown = '') => ({ status, headers: {}, body });

const RAISED: Array<[string, () => unknown]> = [
	...NUMBERS.map((number): [string, () => unknown] => {
		return [`the number “${number}”`, () => understandNumber(number, rules)];
	}),
	['a country', () => understandNumber('1', { ...rules, defaultCountry: 'Germany' })],
	['an option', () => maxConcurrency.read({ maxConcurrency: 0 })],
	...[302, 400, 401, 403, 404, 418, 429, 500, 502, 503].map((status): [string, () => unknown] => {
		const body = status % 2 ? '' : { message: 'What PolyAI says' };
		return [`the answer ${status}`, () => explain.explainAnswer(answer(status, body), march2026)];
	}),
	...REASONS.flatMap(
		(why): Array<[string, () => unknown]> => [
			[`no answer: ${why}`, () => explain.explainNoAnswer(new NoAnswer(false, why))],
			[`lost: ${why}`, () => explain.explainUnknownOutcome(new NoAnswer(true, why))],
		],
	),
	['lost: 504', () => explain.explainUnknownOutcome(answer(504))],
	['lost: unreadable', () => explain.explainUnknownOutcome(answer(200))],
	['an earlier try', () => explain.explainForgottenOutcome()],
	['an unknown call', () => explain.explainUnknownCall({ callSid: 'OUT-1' })],
	['Stop', () => stopped()],
];

test.each(RAISED)('what a run really says of %s is listed', (_, raise) => {
	const { code, message, details } = raisedBy(raise);
	const isListed = (one: ListedError) =>
		one.code === code &&
		covers(one.message, message) &&
		covers(one.description, details.description ?? '');
	expect(listed.some(isListed) || `${code}: ${message}: ${details.description}`).toBe(true);
});

function raisedBy(raise: () => unknown): CallError {
	try {
		return raise() as CallError;
	} catch (error) {
		return error as CallError;
	}
}
