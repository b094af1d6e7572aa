import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ICredentialType } from 'n8n-workflow';

import type { RequestContext } from '../../nodes/n8n/context.ts';
import { httpTransport } from '../../nodes/n8n/httpTransport.ts';
import type { FaultEffect } from '../simulator/faults/fault.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	agentsCredentialFor,
	call,
	credentialFor,
	errorOf,
	numbers,
	polyAi,
	run,
	speaking,
} from '../support/engine/polyAi.mts';
import { startTinyServer, type TinyServer } from '../support/engine/tinyServer.mts';

useFastClock();

type CredentialClass = new () => ICredentialType;

const SECRET = 'a-token-that-nobody-may-see';
const people = numbers(2);

beforeEach(() => polyAi.set({ token: SECRET }));

/** All that n8n keeps, shows or logs of a run. */
function everything(result: object): string {
	const seen = new Set<unknown>();
	return JSON.stringify(result, (_key, value: unknown) => {
		if (typeof value !== 'object' || value === null) return value;
		if (seen.has(value)) return undefined;
		seen.add(value);
		// What JSON leaves out of an error is shown by n8n all the same.
		return value instanceof Error
			? { ...value, message: value.message, stack: value.stack, cause: value.cause }
			: value;
	});
}

describe('the token occurs in no output, no error and no log', () => {
	test.each<[string, FaultEffect]>([
		['all goes well', {}],
		['the call is refused', { answer: 400 }],
		['the token is refused', { answer: 401 }],
		['PolyAI has a problem', { answer: 500 }],
		['the connection breaks', { answer: 'reset' }],
		['no answer comes', { answer: 'never' }],
		['the answer cannot be read', { answer: 'garbage' }],
		['PolyAI sends n8n elsewhere', { answer: 307, location: 'http://127.0.0.1:9/' }],
	])('when %s', async (_what, effect) => {
		polyAi.fault({ on: 'trigger', ...effect });
		const options = { requestTimeout: 1 };
		const stopping = await call(people, { options });
		const going = await call(people, { options, onError: 'continueErrorOutput' });

		expect(polyAi.journal.requests[0]?.headers['x-polyai-auth-token']).toBe(SECRET);
		expect(everything(stopping)).not.toContain(SECRET);
		expect(everything(going)).not.toContain(SECRET);
	});

	test('when a status is read in vain', async () => {
		const result = await run({ operation: 'getStatus', items: [{ callSid: 'gone' }] });

		expect(result.error).toBeDefined();
		expect(everything(result)).not.toContain(SECRET);
	});

	test('even when PolyAI’s own message repeats it', async () => {
		polyAi.fault({ on: 'trigger', answer: 401, message: `No such token: ${SECRET}` });
		const result = await call(people, { onError: 'continueRegularOutput' });

		expect(everything(result)).not.toContain(SECRET);
	});
});

test('other fields of the credential are no secrets: PolyAI’s sentences stay whole', async () => {
	const message = 'The automatic check of PROJECT-12345 refused this';
	polyAi.fault({ on: 'trigger', answer: 400, message });
	const onError = 'continueRegularOutput';
	const byToken = await call(people, {
		credentials: credentialFor(polyAi, { triggerPath: 'automatic' }),
		onError,
	});
	const { fields } = speaking('g3');
	const byKey = await call(people, {
		credentials: agentsCredentialFor(polyAi, { agentId: 'PROJECT-12345' }),
		fields,
		onError,
	});

	for (const item of [...byToken.items, ...byKey.items]) {
		expect(errorOf(item).message).toContain(message);
	}
});

test.each(['PolyAiApi', 'PolyAiAgentsApi', 'PolyAiDataTablesApi'])(
	'what %s hides in the editor never shows in an error',
	async (name) => {
		const file = `../../credentials/${name}.credentials.ts`;
		const [Credential] = Object.values((await import(file)) as Record<string, CredentialClass>);
		const { name: type, properties } = new Credential!();
		const hidden = properties.filter(({ typeOptions }) => typeOptions?.password);
		const data = Object.fromEntries(hidden.map((field) => [field.name, `${SECRET}-${field.name}`]));
		const said = { error: Object.values(data).join(' ') };
		const httpRequestWithAuthentication = async () => ({
			statusCode: 400,
			headers: {},
			body: said,
		});
		const context = { helpers: { httpRequestWithAuthentication } } as unknown as RequestContext;
		const send = httpTransport(context, type, data);
		const { body } = await send({ method: 'GET', url: 'https://polyai.example', timeoutMs: 1 });

		expect(hidden.length).toBeGreaterThan(0);
		expect(JSON.stringify(body)).not.toContain(SECRET);
	},
);

describe('a redirect does not carry the token anywhere', () => {
	let elsewhere: TinyServer;

	beforeEach(async () => {
		elsewhere = await startTinyServer();
	});

	afterEach(async () => await elsewhere.close());

	test.each([301, 302, 303, 307, 308])('%i from placing a call', async (answer) => {
		polyAi.fault({ on: 'trigger', answer, location: elsewhere.url });
		await call(people, { onError: 'continueRegularOutput' });

		expect(polyAi.journal.requests.length).toBeGreaterThan(0);
		expect(elsewhere.headers).toEqual([]);
	});

	test.each([301, 302, 303, 307, 308])('%i from reading a status', async (answer) => {
		polyAi.fault({ on: 'status', answer, location: elsewhere.url });
		await run({
			operation: 'getStatus',
			items: [{ callSid: 'some' }],
			onError: 'continueRegularOutput',
		});

		expect(polyAi.journal.requests.length).toBeGreaterThan(0);
		expect(elsewhere.headers).toEqual([]);
	});
});

describe('a base URL that would show the token on the way is refused before a byte is sent', () => {
	let server: Server;
	let connections: number;
	let port: number;

	beforeEach(async () => {
		connections = 0;
		server = createServer().on('connection', () => connections++);
		await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
		({ port } = server.address() as AddressInfo);
	});

	afterEach(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});

	test.each([
		['http', () => `http://0.0.0.0:${port}`],
		['a name in the address', () => `https://user:${SECRET}@127.0.0.1:${port}`],
		['ftp', () => `ftp://127.0.0.1:${port}`],
		['no address', () => 'polyai'],
	])('%s', async (_what, url) => {
		const { error, ...result } = await call(people, {
			credentials: { polyAiApi: { region: 'custom', baseUrl: url(), token: SECRET } },
		});

		expect(error?.message).toBe('The base URL in the PolyAI API credential cannot be used');
		expect(everything({ error, ...result })).not.toContain(SECRET);
		expect(connections).toBe(0);
	});
});
