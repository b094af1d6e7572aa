import ts from 'typescript';
import { follow } from './follow.mts';
import { forkAt, waysFrom } from './forks.mts';
import { ownValue } from './program.mts';
import { isError, typesIn, type Head, type Step } from './step.mts';

/**
 * Follows a property of what an expression gives.
 *
 * @param name of the property, or the index in a list
 */
export function followPart(step: Step, name: string, mayBeMissing = true): Head[] {
	const type = step.program.checker.getTypeAtLocation(step.node);
	if (isError(type)) return [{ ...step, node: 'passedOn' }];
	const heads = follow(step).flatMap((head) => partOf(head, name, type));
	const present = heads.filter(({ node }) => node !== 'nothing');
	return mayBeMissing || present.length === 0 ? heads : present;
}

/** The same of a value that was followed already. */
export function partOf(head: Head, name: string, type: ts.Type): Head[] {
	const { node } = head;
	if (node === 'nothing') return [];
	if (node === 'passedOn') return [head];
	if (ts.isArrayLiteralExpression(node)) {
		const isCounted = !node.elements.some(ts.isSpreadElement);
		const element = isCounted ? node.elements[Number(name)] : undefined;
		return element ? follow({ ...head, node: element }) : [head];
	}
	if (ts.isObjectLiteralExpression(node)) return partOfLiteral({ ...head, node }, name);
	const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
	if (isText) return name in String.prototype ? [head] : [];
	return anyValueOf({ ...head, node }, name, type);
}

function partOfLiteral(step: Step & { node: ts.ObjectLiteralExpression }, name: string): Head[] {
	for (const property of step.node.properties.toReversed()) {
		if (ts.isSpreadAssignment(property)) {
			const spread = followPart({ ...step, node: property.expression }, name);
			const found = spread.filter((one) => typeof one.node !== 'string');
			if (found.length > 0) return found;
		}
		const value = property.name?.getText() === name ? ownValue(property) : undefined;
		if (value) return follow({ ...step, node: value });
	}
	return [{ ...step, node: 'nothing' }];
}

/** Of an object that comes from far away: whatever sentence the sources put into such a property. */
function anyValueOf(step: Step, name: string, type: ts.Type): Head[] {
	const { checker, valuesOf } = step.program;
	const declared = typesIn(type)
		.flatMap((one) => one.getProperty(name) ?? [])
		.filter((property) => holdsSentences(checker, checker.getTypeOfSymbol(property)))
		.flatMap((property) => property.declarations ?? []);
	const values = declared.flatMap(valuesOf);
	const [first] = declared;
	if (!first || values.length === 0) return [step];
	return waysFrom(step.choices, forkAt(first), values).flatMap(({ way, choices }) => {
		return follow({ ...step, node: way, frame: undefined, choices });
	});
}

/** A word of a fixed list is data; a table by number holds what to say of each HTTP status. */
function holdsSentences(checker: ts.TypeChecker, type: ts.Type): boolean {
	return typesIn(type).some((one) => {
		return one.flags & ts.TypeFlags.String || checker.getIndexInfoOfType(one, ts.IndexKind.Number);
	});
}
