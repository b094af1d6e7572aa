import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ExampleNode {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	credentials?: Record<string, { id: string; name: string }>;
}

export interface Example {
	name: string;
	nodes: ExampleNode[];
	connections: object;
	settings: object;
}

/**
 * An example workflow, unchanged except for what a person does after importing it: the credential
 * is chosen.
 *
 * @param credentials by credential type
 */
export function readExample(
	file: string,
	credentials: Record<string, { id: string; name: string }>,
): Example {
	const example = JSON.parse(readFileSync(join('examples', file), 'utf8')) as Example;
	for (const node of example.nodes) {
		for (const type of Object.keys(node.credentials ?? {})) {
			const chosen = credentials[type];
			if (!chosen) throw new Error(`${file} needs a credential of type ${type}`);
			node.credentials = { ...node.credentials, [type]: chosen };
		}
	}
	return example;
}
