import ts from 'typescript';
import { follow } from './follow.mts';
import { followPart, partOf } from './followPart.mts';
import { forkAt, waysFrom, type Frame } from './forks.mts';
import { isError, type Head, type Step } from './step.mts';

/** Follows a name to what it was declared with, or to what its parameter is given. */
export function followName(step: Step, name: ts.Identifier): Head[] {
	if (name.text === 'undefined') return [{ ...step, node: 'nothing' }];
	const { checker } = step.program;
	const symbol = ts.isShorthandPropertyAssignment(name.parent)
		? checker.getShorthandAssignmentValueSymbol(name.parent)
		: checker.getSymbolAtLocation(name);
	const isImported = symbol && symbol.flags & ts.SymbolFlags.Alias;
	const { valueDeclaration } = (isImported ? checker.getAliasedSymbol(symbol) : symbol) ?? {};
	return (valueDeclaration && followDeclaration(step, valueDeclaration)) ?? [step];
}

function followDeclaration(step: Step, declaration: ts.Declaration): Head[] | undefined {
	if (ts.isParameter(declaration)) return followParameter(step, declaration);
	if (ts.isVariableDeclaration(declaration)) {
		const isConst = ts.getCombinedNodeFlags(declaration) & ts.NodeFlags.Const;
		if (!isConst || !declaration.initializer) return undefined;
		const frame = frameAround(declaration, step.frame);
		return follow({ ...step, frame, node: declaration.initializer });
	}
	if (!ts.isBindingElement(declaration) || declaration.dotDotDotToken) return undefined;
	return followBinding(step, declaration);
}

/** `const { name } = value`, `([first]) => …` and the like. */
function followBinding(step: Step, element: ts.BindingElement): Head[] | undefined {
	const pattern = element.parent;
	const name = ts.isArrayBindingPattern(pattern)
		? String(pattern.elements.indexOf(element))
		: (element.propertyName ?? element.name).getText();
	const owner = pattern.parent;
	if (ts.isVariableDeclaration(owner) && owner.initializer) {
		const frame = frameAround(owner, step.frame);
		return followPart({ ...step, frame, node: owner.initializer }, name);
	}
	const type = step.program.checker.getTypeAtLocation(owner);
	if (isError(type)) return [{ ...step, node: 'passedOn' }];
	return followDeclaration(step, owner)?.flatMap((head) => partOf(head, name, type));
}

/** What a parameter is given: by the call that led here, else by any call. */
function followParameter(step: Step, parameter: ts.ParameterDeclaration): Head[] | undefined {
	const owner = parameter.parent;
	const index = owner.parameters.indexOf(parameter);
	const given = (call: ts.CallExpression, from: Omit<Step, 'node'>): Head[] => {
		const node = call.arguments[index] ?? parameter.initializer;
		return node ? follow({ ...from, node }) : [{ ...from, node: 'nothing' }];
	};
	for (let { frame } = step; frame; frame = frame.caller) {
		if (frame.declaration === owner) return given(frame.call, { ...step, frame: frame.caller });
	}
	const calls = step.program.callsOf(owner);
	if (calls.length === 0) return undefined;
	return waysFrom(step.choices, forkAt(owner), calls).flatMap(({ way, choices }) => {
		return given(way, { ...step, frame: undefined, choices });
	});
}

/** Of the functions entered, the one in which something is declared. */
function frameAround(declaration: ts.Node, frame?: Frame): Frame | undefined {
	if (!frame) return undefined;
	for (let node = declaration.parent; node; node = node.parent) {
		if (node === frame.declaration) return frame;
	}
	return frameAround(declaration, frame.caller);
}
