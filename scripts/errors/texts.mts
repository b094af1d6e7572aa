import ts from 'typescript';
import { follow } from './follow.mts';
import { followPart } from './followPart.mts';
import { NO_CHOICES, together, type Choices } from './forks.mts';
import type { Program } from './program.mts';
import type { Head, Step } from './step.mts';

/** Stands for what only a run can tell. */
export const UNKNOWN = '…';

/** Stands for the words of another error, which is listed where it is made. */
export const PASSED_ON = '\u0001';

/** `undefined` is no text at all. */
export interface Text {
	text: string | undefined;
	choices: Choices;
}

/** All texts that expressions can give, as far as the sources tell. */
export class Texts {
	constructor(private readonly program: Program) {}

	of(node: ts.Expression): Text[] {
		return this.at(this.stepAt(node));
	}

	ofPart(node: ts.Expression, name: string): Text[] {
		return followPart(this.stepAt(node), name).flatMap((head) => this.ofHead(head));
	}

	private stepAt(node: ts.Expression): Step {
		return { program: this.program, node, choices: NO_CHOICES, taken: 0 };
	}

	private at(step: Step): Text[] {
		const texts = follow(step).flatMap((head) => this.ofHead(head));
		return texts.length > 0 ? texts : [{ text: UNKNOWN, choices: step.choices }];
	}

	private ofHead(head: Head): Text[] {
		const { node, choices } = head;
		if (node === 'nothing') return [{ text: undefined, choices }];
		if (node === 'passedOn') return [{ text: PASSED_ON, choices }];
		if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) {
			return [{ text: node.text, choices }];
		}
		const parts = (nodes: readonly ts.Expression[]) =>
			nodes.map((node) => this.at({ ...head, node }));
		if (ts.isTemplateExpression(node)) {
			const spans = node.templateSpans.flatMap(({ expression, literal }) => [
				...parts([expression]).map((texts) => asPart(texts, choices)),
				[{ text: literal.text, choices }],
			]);
			return glued([[{ text: node.head.text, choices }], ...spans], '');
		}
		if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
			return glued(parts([node.left, node.right]), '');
		}
		const joined = joinedList(node);
		return joined ? glued(parts(joined.elements), joined.separator) : [{ text: UNKNOWN, choices }];
	}
}

/** `[a, b].filter(Boolean).join(' ')` */
function joinedList(node: ts.Expression) {
	const [list, separator] = calledOn(node, 'join') ?? [];
	if (!list || !separator || !ts.isStringLiteralLike(separator)) return undefined;
	const [unfiltered] = calledOn(list, 'filter') ?? [list];
	if (!ts.isArrayLiteralExpression(unfiltered)) return undefined;
	return { elements: unfiltered.elements, separator: separator.text };
}

function calledOn(node: ts.Expression, method: string) {
	if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
	const { name, expression } = node.expression;
	return name.text === method ? ([expression, ...node.arguments] as const) : undefined;
}

/**
 * A part that is not always there is written in brackets, and one that only a run can tell as one
 * sign, whatever it is made of.
 */
function asPart(texts: Text[], choices: Choices): Text[] {
	const there = texts.filter(({ text }) => text);
	if (there.some(({ text }) => text?.includes(UNKNOWN) && !hasWords(text))) {
		const [first] = there;
		const isOne = there.every(({ text }) => text === first?.text);
		return [{ text: isOne ? first?.text : UNKNOWN, choices }];
	}
	if (there.length === texts.length || there.length === 0) return texts;
	return there.map(({ text, choices }) => ({ text: `[${text}]`, choices }));
}

/** Whether a text says anything by itself. */
export function hasWords(text: string | undefined): text is string {
	return !!text && /\p{L}{2}/u.test(text);
}

/** Every combination of the parts' texts that can occur. */
function glued(parts: Text[][], separator: string): Text[] {
	const nothing: Text[] = [{ text: undefined, choices: NO_CHOICES }];
	return parts.reduce((lefts, rights) => {
		return lefts.flatMap((left) => rights.flatMap((right) => pair(left, right, separator)));
	}, nothing);
}

function pair(left: Text, right: Text, separator: string): Text[] {
	const choices = together(left.choices, right.choices);
	if (!choices) return [];
	const known = [left.text, right.text].filter((text) => text !== undefined);
	return [{ text: known.length > 0 ? joined(known, separator) : undefined, choices }];
}

function joined(texts: string[], separator: string): string {
	return texts.join(separator).replace(/…{2,}/g, UNKNOWN);
}
