import ts from 'typescript';
import { together } from './forks.mts';
import { nodesIn, type Program } from './program.mts';
import { merged } from './merge.mts';
import { isError } from './step.mts';
import { hasWords, PASSED_ON, Texts, UNKNOWN, type Text } from './texts.mts';

/** An error as a person sees it. What only a run can tell is `…`, what may be missing is in brackets. */
export interface ListedError {
	/** `error.code`; none where the code has none. */
	code?: string;
	/** Empty where it is that of another error. */
	message: string;
	/** What to do; may be empty. */
	description: string;
	/** File and line that raise it. */
	place: string;
}

/** A place in the sources that makes an error. */
export interface Site {
	/** The class of the error, or `credential test`. */
	kind: string;
	place: string;
	errors: ListedError[];
	/** It only hands on the words of an error that is made elsewhere. */
	passesOn: boolean;
}

/** Where each kind of error has its words. */
const WORDS: Record<string, (texts: Texts, given: readonly ts.Expression[]) => Text[][]> = {
	CallError: (texts, [code, message, details]) => [
		of(texts, code),
		of(texts, message),
		details ? texts.ofPart(details, 'description') : NONE,
	],
	NodeOperationError: (texts, [, message, options]) => [
		NONE,
		of(texts, message),
		options ? texts.ofPart(options, 'description') : NONE,
	],
	NodeApiError: (texts, [, response, options]) => [
		NONE,
		response ? texts.ofPart(response, 'message') : NONE,
		options ? texts.ofPart(options, 'description') : NONE,
	],
};

/** What becomes of a request without an answer; people see the CallError that explains it. */
const UNSEEN = ['NoAnswer'];

const NONE: Text[] = [{ text: undefined, choices: new Map() }];

/** Every place that makes an error, or says what is wrong in a credential's test. */
export function findErrors(program: Program): Site[] {
	const texts = new Texts(program);
	return program.files
		.flatMap((file) => nodesIn(file))
		.flatMap((node): Site[] => {
			if (ts.isNewExpression(node) && isErrorClass(program, node)) {
				const name = node.expression.getText();
				if (UNSEEN.includes(name)) return [];
				const read = WORDS[name];
				if (!read)
					throw new Error(`${placeOf(node)}: ${name} is no error that docs/errors.md knows`);
				return [siteOf(name, node, read(texts, node.arguments ?? []))];
			}
			if (ts.isObjectLiteralExpression(node) && isFailedTest(program, node)) {
				return [siteOf('credential test', node, [NONE, texts.ofPart(node, 'message'), NONE])];
			}
			return [];
		});
}

function siteOf(kind: string, node: ts.Node, parts: Text[][]): Site {
	const place = placeOf(node);
	const readings = combine(parts);
	const errors = readings
		.filter((words) => words.some(hasWords))
		.map(([code, message, description]): ListedError => {
			return { code, message: visible(message), description: visible(description), place };
		})
		.filter(({ message, description }) => hasWords(message) || hasWords(description));
	const passesOn = readings.some(([, message]) => message?.includes(PASSED_ON));
	if (errors.length === 0 && !passesOn) {
		throw new Error(`${place}: the words of this error cannot be read from the sources`);
	}
	return { kind, place, errors: merged(errors), passesOn };
}

function visible(text = ''): string {
	const shown = text.replaceAll(PASSED_ON, UNKNOWN);
	return hasWords(shown) ? shown : '';
}

function combine(parts: Text[][]) {
	const start = [{ texts: [] as Array<string | undefined>, choices: new Map() as Text['choices'] }];
	const combined = parts.reduce((lines, part) => {
		return lines.flatMap((line) =>
			part.flatMap(({ text, choices }) => {
				const both = together(line.choices, choices);
				return both ? [{ texts: [...line.texts, text], choices: both }] : [];
			}),
		);
	}, start);
	return combined.map(({ texts }) => texts);
}

function of(texts: Texts, expression: ts.Expression | undefined): Text[] {
	return expression ? texts.of(expression) : NONE;
}

function isErrorClass({ checker }: Program, node: ts.NewExpression): boolean {
	return isError(checker.getTypeAtLocation(node));
}

function isFailedTest({ checker }: Program, node: ts.ObjectLiteralExpression): boolean {
	const type = checker.getContextualType(node);
	const names = [type, ...(type?.isUnion() ? type.types : [])].map((one) => one?.symbol?.name);
	return names.includes('INodeCredentialTestResult') && /'Error'/.test(node.getText());
}

function placeOf(node: ts.Node): string {
	const file = node.getSourceFile();
	const { line } = file.getLineAndCharacterOfPosition(node.getStart());
	return `${file.fileName.replace(`${process.cwd()}/`, '')}:${line + 1}`;
}
