import {
	NodeHelpers,
	type IExecuteFunctions,
	type INode,
	type INodeProperties,
	type INodePropertyCollection,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

type Context = IExecuteFunctions | IPollFunctions;
type Reader = (name: string, ...rest: unknown[]) => unknown;

/** Properties that JavaScript itself asks any object for (`await`, JSON, template strings). */
const askedByTheLanguage = new Set([
	'then',
	'toJSON',
	...Object.getOwnPropertyNames(Object.prototype),
]);

const checked = new WeakSet<object>();

/**
 * A misspelled or forgotten parameter reads as its fallback forever, and no user can ever set it.
 * So `getNodeParameter` throws for a name that the description doesn't declare, and so do members
 * of the collections that it returns. Every such read is also added to `undeclared`.
 */
export function checkParameterReads(
	context: Context,
	description: INodeTypeDescription,
	undeclared: string[],
): void {
	if (checked.has(context)) return;
	checked.add(context);
	const read = context.getNodeParameter.bind(context) as Reader;
	const report: Report = (path) => {
		undeclared.push(path);
		throw new Error(`The description of ${description.name} does not declare "${path}"`);
	};
	const getNodeParameter: Reader = (name, ...rest) => {
		const shown = propertiesShown(description, context.getNode());
		const found = find(shown, name.split(/[.[\]]+/).filter(Boolean));
		if (!found) return report(name);
		return guard(read(name, ...rest), found, name, report);
	};
	Object.defineProperty(context, 'getNodeParameter', { value: getNodeParameter });
}

type Report = (path: string) => never;

/** Of parameters that share a name (`options` of several operations), only the visible ones. */
function propertiesShown(description: INodeTypeDescription, node: INode): INodeProperties[] {
	const { properties } = description;
	const isShown = (property: INodeProperties) =>
		NodeHelpers.displayParameter(node.parameters, property, node, description);
	return properties.filter(
		(property) =>
			isShown(property) ||
			!properties.some((other) => other.name === property.name && isShown(other)),
	);
}

/** The declared things that a path may mean; undefined when there is none. */
function find(properties: INodeProperties[], path: string[]): INodeProperties[] | undefined {
	const [name, ...rest] = path;
	const found = properties.filter((property) => property.name === name);
	if (found.length === 0) return undefined;
	if (rest.length === 0 || found.some((property) => !isCollection(property))) return found;
	return find(found.flatMap(membersOf), /^\d+$/.test(rest[0] ?? '') ? rest.slice(1) : rest);
}

function isCollection({ type }: INodeProperties): boolean {
	return type === 'collection' || type === 'fixedCollection';
}

/** A group of a fixed collection reads like a collection of its values. */
function membersOf({ type, options = [] }: INodeProperties): INodeProperties[] {
	if (type === 'collection') return options as INodeProperties[];
	return (options as INodePropertyCollection[]).map(({ name, displayName, values }) => ({
		name,
		displayName,
		type: 'collection',
		default: {},
		options: values,
	}));
}

function guard(value: unknown, found: INodeProperties[], path: string, report: Report): unknown {
	if (typeof value !== 'object' || value === null || !found.every(isCollection)) return value;
	if (Array.isArray(value)) {
		return value.map((entry, index) => guard(entry, found, `${path}[${index}]`, report));
	}
	const members = found.flatMap(membersOf);
	return new Proxy(value, {
		get(target, key) {
			const member: unknown = Reflect.get(target, key);
			if (typeof key === 'symbol' || askedByTheLanguage.has(key)) return member;
			const declared = members.filter(({ name }) => name === key);
			if (declared.length === 0) return report(`${path}.${key}`);
			return guard(member, declared, `${path}.${key}`, report);
		},
	});
}
