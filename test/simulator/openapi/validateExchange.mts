import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { VersionName } from '../versions/apiVersion.mts';
import { DOCUMENTS, documentOf, findOperation, findResponse, type Operation } from './document.mts';

const bodies = ajv({});
/** Query values are texts on the wire. */
const queries = ajv({ coerceTypes: true });
const compiled = new Map<object, ValidateFunction>();

/**
 * How a request and its answer differ from the API's description; none if they don't. A request
 * that was answered with 400 may be wrong. Bodies are parsed JSON; a text stands for HTML or
 * another kind that isn't JSON, undefined or '' for no body.
 */
export function validateExchange(
	version: VersionName,
	method: string,
	path: string,
	status: number,
	requestBody: unknown,
	responseBody: unknown,
): string[] {
	const file = `${version}.yaml`;
	const [wirePath = '', query = ''] = path.split('?');
	const found = findOperation(documentOf(version), method, wirePath);
	if (!found) return [`${file} knows no ${method} ${wirePath}`];
	const { operation } = found;
	const ofRequest =
		status === 400
			? []
			: [...checkQuery(file, operation, query), ...checkRequestBody(file, operation, requestBody)];
	return [...ofRequest, ...checkResponse(file, operation, status, responseBody)];
}

function checkQuery(file: string, { parameters = [] }: Operation, query: string): string[] {
	const known = parameters.filter((parameter) => parameter.in === 'query');
	const given = Object.fromEntries(new URLSearchParams(query));
	const unknown = Object.keys(given).filter((name) => !known.some((one) => one.name === name));
	return [
		...unknown.map((name) => `query: ${name} is not described`),
		...known.flatMap(({ name, required, schema }) => {
			if (given[name] === undefined) return required ? [`query: ${name} is missing`] : [];
			const value = { [name]: given[name] };
			return check(queries, file, { properties: { [name]: schema } }, value, 'query', schema);
		}),
	];
}

function checkRequestBody(file: string, { requestBody }: Operation, body: unknown): string[] {
	if (!requestBody) return isAbsent(body) ? [] : ['request: a body where none is described'];
	if (isAbsent(body)) return requestBody.required ? ['request: the body is missing'] : [];
	const schema = requestBody.content['application/json']?.schema ?? {};
	return check(bodies, file, schema, body, 'request', schema);
}

function checkResponse(
	file: string,
	operation: Operation,
	status: number,
	body: unknown,
): string[] {
	const response = findResponse(operation, status);
	if (!response) return [`answer: status ${status} is not described`];
	const { content } = response;
	if (isAbsent(body)) return status < 400 && content ? ['answer: the body is missing'] : [];
	if (!content) return ['answer: a body where none is described'];
	if (typeof body === 'string' || Buffer.isBuffer(body)) {
		const kinds = Object.keys(content).filter((kind) => kind !== 'application/json');
		return kinds.length > 0 ? [] : ['answer: not JSON'];
	}
	const schema = content['application/json']?.schema;
	if (!schema) return ['answer: JSON where another kind is described'];
	// What a reference of a shared response means, it means in the file of shared things.
	const home = status < 400 ? file : 'common.yaml';
	return check(bodies, home, schema, body, 'answer', schema);
}

function check(
	validator: Ajv2020,
	file: string,
	schema: object,
	value: unknown,
	what: string,
	key: object,
): string[] {
	let validate = compiled.get(key);
	if (!validate) {
		// An id beside the file's, so that relative references lead where they do in the file.
		validate = validator.compile(rebase(schema, file));
		compiled.set(key, validate);
	}
	if (validate(value)) return [];
	return (validate.errors ?? []).map(({ instancePath, message, params }) =>
		`${what}${instancePath}: ${message} ${JSON.stringify(params)}`.trim(),
	);
}

/** Local references (`#/…`) become references into the file that they stand in. */
function rebase(schema: object, file: string): object {
	return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${file}#/`)) as object;
}

function isAbsent(body: unknown): boolean {
	return body === undefined || body === '';
}

function ajv(options: Options): Ajv2020 {
	const made = new Ajv2020({ ...options, strict: false, allErrors: true });
	addFormats.default(made);
	for (const [file, document] of Object.entries(DOCUMENTS)) made.addSchema(document, file);
	return made;
}
