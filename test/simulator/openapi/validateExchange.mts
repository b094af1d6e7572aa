import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { VersionName } from '../versions/apiVersion.mts';
import { DOCUMENTS, documentOf, findOperation, findResponse, type Operation } from './document.mts';

const bodies = ajv({});
/** Query values are texts on the wire. */
const queries = ajv({ coerceTypes: true });
const compiled = new Map<object, ValidateFunction>();

/** One way in which a request or its answer isn't as described. */
export interface Difference {
	/** `new` isn't in the description, `missing` is there only; `different` has another form. */
	kind: 'new' | 'missing' | 'different';
	/** What it is about, such as `answer/status`. */
	at: string;
	/** For people: the whole sentence. */
	says: string;
}

/** The sentences of `differencesFrom`. */
export function validateExchange(...exchange: Parameters<typeof differencesFrom>): string[] {
	return differencesFrom(...exchange).map(({ says }) => says);
}

/**
 * How a request and its answer differ from the API's description; none if they don't. A request
 * that was answered with 400 may be wrong. Bodies are parsed JSON; a text stands for HTML or
 * another kind that isn't JSON, undefined or '' for no body.
 */
export function differencesFrom(
	version: VersionName,
	method: string,
	path: string,
	status: number,
	requestBody: unknown,
	responseBody: unknown,
): Difference[] {
	const file = `${version}.yaml`;
	const [wirePath = '', query = ''] = path.split('?');
	const found = findOperation(documentOf(version), method, wirePath);
	if (!found) return [difference('new', 'path', `${file} knows no ${method} ${wirePath}`)];
	const { operation } = found;
	const ofRequest =
		status === 400
			? []
			: [...checkQuery(file, operation, query), ...checkRequestBody(file, operation, requestBody)];
	return [...ofRequest, ...checkResponse(file, operation, status, responseBody)];
}

function checkQuery(file: string, { parameters = [] }: Operation, query: string): Difference[] {
	const known = parameters.filter((parameter) => parameter.in === 'query');
	const given = Object.fromEntries(new URLSearchParams(query));
	const unknown = Object.keys(given).filter((name) => !known.some((one) => one.name === name));
	return [
		...unknown.map((name) => difference('new', `query/${name}`, `query: ${name} is not described`)),
		...known.flatMap(({ name, required, schema }) => {
			if (given[name] === undefined)
				return required
					? [difference('missing', `query/${name}`, `query: ${name} is missing`)]
					: [];
			const value = { [name]: given[name] };
			return check(queries, file, { properties: { [name]: schema } }, value, 'query', schema);
		}),
	];
}

function checkRequestBody(file: string, { requestBody }: Operation, body: unknown): Difference[] {
	if (!requestBody) {
		return isAbsent(body)
			? []
			: [difference('new', 'request', 'request: a body where none is described')];
	}
	if (isAbsent(body)) {
		return requestBody.required
			? [difference('missing', 'request', 'request: the body is missing')]
			: [];
	}
	const schema = requestBody.content['application/json']?.schema ?? {};
	return check(bodies, file, schema, body, 'request', schema);
}

function checkResponse(
	file: string,
	operation: Operation,
	status: number,
	body: unknown,
): Difference[] {
	const response = findResponse(operation, status);
	const wrong = (kind: Difference['kind'], says: string) => [difference(kind, 'answer', says)];
	if (!response) return wrong('new', `answer: status ${status} is not described`);
	const { content } = response;
	if (isAbsent(body)) {
		return status < 400 && content ? wrong('missing', 'answer: the body is missing') : [];
	}
	if (!content) return wrong('new', 'answer: a body where none is described');
	if (typeof body === 'string' || Buffer.isBuffer(body)) {
		const kinds = Object.keys(content).filter((kind) => kind !== 'application/json');
		return kinds.length > 0 ? [] : wrong('different', 'answer: not JSON');
	}
	const schema = content['application/json']?.schema;
	if (!schema) return wrong('different', 'answer: JSON where another kind is described');
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
): Difference[] {
	let validate = compiled.get(key);
	if (!validate) {
		// An id beside the file's, so that relative references lead where they do in the file.
		validate = validator.compile(rebase(schema, file));
		compiled.set(key, validate);
	}
	if (validate(value)) return [];
	return ofNearestForm(validate.errors ?? []).map((error) => {
		const { instancePath, message, params } = error;
		const { kind, field } = readError(error);
		const says = `${what}${instancePath}: ${message} ${JSON.stringify(params)}`.trim();
		return difference(kind, `${what}${instancePath}${field}`, says);
	});
}

/** Of several described forms, only what the one lacks that the value comes nearest to. */
function ofNearestForm(errors: ErrorObject[]): ErrorObject[] {
	const choice = errors.find(({ keyword }) => keyword === 'oneOf');
	if (!choice) return errors;
	const formOf = ({ schemaPath }: ErrorObject) =>
		schemaPath.startsWith(`${choice.schemaPath}/`)
			? schemaPath.slice(choice.schemaPath.length + 1).split('/', 1)[0]
			: undefined;
	const others = errors.filter((error) => error !== choice && formOf(error) === undefined);
	const forms = new Set(errors.map(formOf).filter((form) => form !== undefined));
	const [nearest = [choice]] = [...forms]
		.map((form) => errors.filter((error) => formOf(error) === form))
		.sort((one, other) => one.length - other.length);
	return [...others, ...nearest];
}

function readError({ keyword, params }: ErrorObject): { kind: Difference['kind']; field: string } {
	if (keyword === 'additionalProperties') {
		return { kind: 'new', field: `/${params.additionalProperty}` };
	}
	if (keyword === 'required') return { kind: 'missing', field: `/${params.missingProperty}` };
	return { kind: 'different', field: '' };
}

function difference(kind: Difference['kind'], at: string, says: string): Difference {
	return { kind, at, says };
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
