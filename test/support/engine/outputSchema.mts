import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

/** What the editor offers for dragging before a node has run. */
export interface OutputSchema {
	type: 'object';
	properties: Record<string, object>;
}

const ajv = addFormats.default(new Ajv({ allErrors: true }));

/** Where n8n looks for it (n8n-core's output-schema-resolver.js). */
export function schemaFile(node: string, resource?: string, operation?: string): string {
	const parts = ['nodes', node, '__schema__', 'v1.0.0', resource, operation];
	return `${join(...parts.filter((part) => part !== undefined))}.json`;
}

export function readSchema(file: string): OutputSchema {
	return JSON.parse(readFileSync(file, 'utf8')) as OutputSchema;
}

/**
 * Items may lack fields of the schema, but have no others, and each matches the schema.
 *
 * @param columns of the input, where they come out as well
 */
export function expectToFit(
	file: string,
	items: Array<{ json: IDataObject }>,
	columns: string[] = [],
): void {
	const given = items.filter((item) => !('error' in item.json));
	if (given.length === 0) return;
	if (!existsSync(file)) throw new Error(`${file} is missing, with the fields that come out`);
	const schema = readSchema(file);
	const anything = Object.fromEntries(columns.map((name) => [name, {}]));
	const properties = { ...anything, ...schema.properties };
	const fits = ajv.compile({ ...schema, properties, additionalProperties: false });
	for (const { json } of given) {
		expect(fits(json) ? [] : { file, json, problems: fits.errors }).toEqual([]);
	}
}
