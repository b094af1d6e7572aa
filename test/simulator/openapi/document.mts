import { parse } from 'yaml';
import type { VersionName } from '../versions/apiVersion.mts';
import { readDescription } from './readDescription.mts';

/** The parts of an OpenAPI description that are used here. */
export interface Document {
	paths: Record<string, Partial<Record<string, Operation>>>;
}

export interface Operation {
	parameters?: Array<{ name: string; in: string; required?: boolean; schema: object }>;
	requestBody?: { required?: boolean; content: Record<string, { schema?: object }> };
	responses: Record<string, Response | { $ref: string }>;
}

export interface Response {
	content?: Record<string, { schema?: object }>;
}

const NAMES = ['common', 'g1', 'g2', 'g3', 'conversations'] as const;

/** All descriptions by file name, as references name them. */
export const DOCUMENTS: Record<string, Document> = Object.fromEntries(
	NAMES.map((name) => [`${name}.yaml`, parse(readDescription(`${name}.yaml`)) as Document]),
);

export function documentOf(version: VersionName): Document {
	const document = DOCUMENTS[`${version}.yaml`];
	if (!document) throw new Error(`There is no description of ${version}`);
	return document;
}

/** The operation at a path as it is on the wire, without its query. */
export function findOperation(
	document: Document,
	method: string,
	wirePath: string,
): { template: string; operation: Operation } | undefined {
	const template = Object.keys(document.paths).find((candidate) =>
		new RegExp(`^${candidate.replace(/\{\w+\}/g, '[^/]+')}$`).test(wirePath),
	);
	const operation = template && document.paths[template]?.[method.toLowerCase()];
	return operation ? { template, operation } : undefined;
}

/** The description of a status, by itself or by its class; references go to other files. */
export function findResponse(operation: Operation, status: number): Response | undefined {
	const found = operation.responses[status] ?? operation.responses[`${Math.floor(status / 100)}XX`];
	return found && '$ref' in found ? follow(found.$ref) : found;
}

function follow(reference: string): Response {
	const [file = '', pointer = ''] = reference.split('#');
	return pointer
		.split('/')
		.slice(1)
		.reduce(
			(at, key) => (at as Record<string, unknown>)[key],
			DOCUMENTS[file] as unknown,
		) as Response;
}
