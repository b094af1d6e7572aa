import type ts from 'typescript';

/** The arguments with which a function was entered. */
export interface Frame {
	declaration: ts.Node;
	call: ts.CallExpression;
	caller?: Frame;
}

/** Which way was taken at each fork, so that a message is paired with its own description. */
export type Choices = ReadonlyMap<string, number>;

export const NO_CHOICES: Choices = new Map();

/** Both together; nothing when they went different ways at the same fork. */
export function together(one: Choices, other: Choices): Choices | undefined {
	for (const [fork, way] of other) {
		if (one.has(fork) && one.get(fork) !== way) return undefined;
	}
	return new Map([...one, ...other]);
}

/** The ways from a fork; only the one that was taken before, if it was. */
export function waysFrom<Way>(
	choices: Choices,
	fork: string,
	ways: readonly Way[],
): Array<{ way: Way; choices: Choices }> {
	const taken = choices.get(fork);
	return ways
		.map((way, index) => ({ way, index }))
		.filter(({ index }) => taken === undefined || taken === index)
		.map(({ way, index }) => ({ way, choices: new Map([...choices, [fork, index]]) }));
}

const frames = new Map<string, Frame>();

/** The same frame each time, so that its forks are the same. */
export function enter(call: ts.CallExpression, declaration: ts.Node, caller?: Frame): Frame {
	const key = forkAt(call, caller);
	const frame = frames.get(key) ?? { declaration, call, caller };
	frames.set(key, frame);
	return frame;
}

/** Names a fork: a place in the sources, reached by certain calls. */
export function forkAt(node: ts.Node, frame?: Frame): string {
	const place = `${node.getSourceFile().fileName}:${node.pos}-${node.end}`;
	return frame ? `${place} < ${forkAt(frame.call, frame.caller)}` : place;
}
