import ts from 'typescript';

/** The package's own sources, and what is called and filled in where. */
export interface Program {
	checker: ts.TypeChecker;
	files: readonly ts.SourceFile[];
	/** Every place that calls a function. */
	callsOf(declaration: ts.Node): readonly ts.CallExpression[];
	/** Every value that an object literal gives a property of a type. */
	valuesOf(property: ts.Node): readonly ts.Expression[];
}

/** The files of the package itself. */
export function sourceFiles(): string[] {
	return ['credentials', 'nodes'].flatMap((folder) => ts.sys.readDirectory(folder, ['.ts']));
}

/** @param names of all files to look at */
export function openProgram(names: readonly string[]): Program {
	const config = ts.readConfigFile('tsconfig.json', ts.sys.readFile).config as object;
	const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
	const program = ts.createProgram(names, options);
	const checker = program.getTypeChecker();
	const files = names.map((name) => program.getSourceFile(name)).filter((file) => !!file);
	const calls = new Map<ts.Node, ts.CallExpression[]>();
	const values = new Map<ts.Node, ts.Expression[]>();
	for (const node of files.flatMap((file) => nodesIn(file))) {
		if (ts.isCallExpression(node)) {
			const { declaration } = checker.getResolvedSignature(node) ?? {};
			if (declaration) append(calls, declaration, node);
		} else if (ts.isObjectLiteralExpression(node)) {
			for (const [property, value] of filledIn(node, checker)) append(values, property, value);
		}
	}
	return {
		checker,
		files,
		callsOf: (declaration) => calls.get(declaration) ?? [],
		valuesOf: (property) => values.get(property) ?? [],
	};
}

/** A node and all nodes in it; functions inside it may be left out. */
export function nodesIn(root: ts.Node, enter: (node: ts.Node) => boolean = () => true): ts.Node[] {
	const nodes: ts.Node[] = [root];
	ts.forEachChild(root, (child) => {
		if (enter(child)) nodes.push(...nodesIn(child, enter));
	});
	return nodes;
}

/** The value that an object literal gives a property by itself, without its spreads. */
export function ownValue(property: ts.ObjectLiteralElementLike): ts.Expression | undefined {
	if (ts.isPropertyAssignment(property)) return property.initializer;
	return ts.isShorthandPropertyAssignment(property) ? property.name : undefined;
}

function filledIn(literal: ts.ObjectLiteralExpression, checker: ts.TypeChecker) {
	const type = checker.getContextualType(literal);
	const types = !type ? [] : type.isUnion() ? type.types : [type];
	return literal.properties.flatMap((property) => {
		const value = ownValue(property);
		const name = property.name?.getText() ?? '';
		const declared = types.flatMap((one) => one.getProperty(name)?.declarations ?? []);
		return value ? declared.map((one): [ts.Node, ts.Expression] => [one, value]) : [];
	});
}

function append<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
	lists.set(key, [...(lists.get(key) ?? []), value]);
}
