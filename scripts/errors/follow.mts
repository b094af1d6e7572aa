import ts from 'typescript';
import { followName } from './followName.mts';
import { followPart } from './followPart.mts';
import { enter, forkAt, waysFrom } from './forks.mts';
import { nodesIn, ownValue } from './program.mts';
import { typesAt, type Head, type Step } from './step.mts';

/** Whoever takes more steps goes round in circles. */
const MOST_STEPS = 60;

/** Follows names, calls and conditions to the literals that an expression can be. */
export function follow(from: Step): Head[] {
	const { node } = from;
	if (from.taken > MOST_STEPS) return [from];
	const step = { ...from, taken: from.taken + 1 };
	if (isWrapper(node)) return follow({ ...step, node: node.expression });
	if (ts.isConditionalExpression(node)) return fork(step, [node.whenTrue, node.whenFalse]);
	if (ts.isBinaryExpression(node)) return followEither(step, node);
	if (ts.isIdentifier(node)) return followName(step, node);
	if (ts.isPropertyAccessExpression(node)) {
		const mayBeMissing = typesAt(step).some(({ flags }) => flags & ts.TypeFlags.Undefined);
		return followPart({ ...step, node: node.expression }, node.name.text, mayBeMissing);
	}
	if (ts.isElementAccessExpression(node)) return followEntry(step, node);
	if (ts.isCallExpression(node)) return followCall(step, node);
	return [step];
}

function isWrapper(node: ts.Expression) {
	return (
		ts.isParenthesizedExpression(node) ||
		ts.isAsExpression(node) ||
		ts.isNonNullExpression(node) ||
		ts.isSatisfiesExpression(node) ||
		ts.isAwaitExpression(node)
	);
}

function fork(step: Step, ways: readonly ts.Expression[]): Head[] {
	return waysFrom(step.choices, forkAt(step.node, step.frame), ways).flatMap(({ way, choices }) => {
		return follow({ ...step, node: way, choices });
	});
}

function followEither(step: Step, { left, operatorToken, right }: ts.BinaryExpression): Head[] {
	const ways = (choices: Step['choices']) =>
		waysFrom(choices, forkAt(step.node, step.frame), [left, right]);
	switch (operatorToken.kind) {
		case ts.SyntaxKind.AmpersandAmpersandToken:
			return follow({ ...step, node: left }).flatMap((head): Head[] => {
				if (head.node === 'nothing') return [head];
				return ways(head.choices).flatMap(({ way, choices }): Head[] => {
					if (way === left) return [{ ...step, choices, node: 'nothing' }];
					return follow({ ...step, choices, node: way });
				});
			});
		case ts.SyntaxKind.BarBarToken:
		case ts.SyntaxKind.QuestionQuestionToken:
			return ways(step.choices).flatMap(({ way, choices }) => {
				const heads = follow({ ...step, choices, node: way });
				return way === left ? heads.filter(({ node }) => node !== 'nothing') : heads;
			});
		default:
			return [step];
	}
}

/** Any entry of a table. */
function followEntry(step: Step, node: ts.ElementAccessExpression): Head[] {
	return follow({ ...step, node: node.expression }).flatMap((head) => {
		if (head.node === 'passedOn' || head.node === 'nothing') return [head];
		if (!ts.isObjectLiteralExpression(head.node)) return [step];
		const values = head.node.properties.flatMap((property) => ownValue(property) ?? []);
		const ways = waysFrom(head.choices, forkAt(node, step.frame), values);
		return ways.flatMap(({ way, choices }) => follow({ ...head, choices, node: way }));
	});
}

/** Whatever a function of ours may return. */
function followCall(step: Step, call: ts.CallExpression): Head[] {
	const { declaration } = step.program.checker.getResolvedSignature(call) ?? {};
	const body = declaration && (declaration as ts.FunctionLikeDeclaration).body;
	if (!body || body.getSourceFile().isDeclarationFile) return [step];
	const frame = enter(call, declaration, step.frame);
	const values = ts.isBlock(body) ? valuesReturned(body) : [body];
	return waysFrom(step.choices, forkAt(call, step.frame), values).flatMap(({ way, choices }) => {
		return follow({ ...step, node: way, frame, choices });
	});
}

function valuesReturned(body: ts.Block): ts.Expression[] {
	return nodesIn(body, (node) => !ts.isFunctionLike(node)).flatMap((node) => {
		return ts.isReturnStatement(node) && node.expression ? [node.expression] : [];
	});
}
