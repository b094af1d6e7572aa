import ts from 'typescript';
import type { Choices, Frame } from './forks.mts';
import type { Program } from './program.mts';

/** An expression, and how it was reached. */
export interface Step {
	program: Program;
	node: ts.Expression;
	/** The call that the expression's function was entered with. */
	frame?: Frame;
	choices: Choices;
	/** Steps taken so far. */
	taken: number;
}

/** A literal, or what cannot be followed; or no value at all; or the words of another error. */
export type Head = Omit<Step, 'node'> & { node: ts.Expression | 'nothing' | 'passedOn' };

export function typesAt({ program, node }: Step): readonly ts.Type[] {
	return typesIn(program.checker.getTypeAtLocation(node));
}

export function typesIn(type: ts.Type): readonly ts.Type[] {
	return type.isUnion() ? type.types : [type];
}

/** Something with a message of its own. */
export function isError(type: ts.Type): boolean {
	return ['message', 'stack'].every((name) => type.getProperty(name) !== undefined);
}
