import '../support/engine/n8nEnvironment.mts';

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { CredentialTestContext } from 'n8n-core';
import type { ICredentialDataDecryptedObject, INodeCredentialTestResult } from 'n8n-workflow';

import type { VersionName } from '../simulator/versions/apiVersion.mts';
import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { polyAi } from '../support/engine/polyAi.mts';

const GOOD = { status: 'OK', message: 'Connection successful' };
const NOT_POLYAI =
	'The address answers, but not as PolyAI does. Check the region or the base URL, and whether outbound calling is set up for your project.';

/** What n8n does when somebody saves a credential. */
async function saving(
	type: string,
	data: ICredentialDataDecryptedObject,
): Promise<INodeCredentialTestResult> {
	const { methods, description } = new PolyAiOutbound();
	const { testedBy } = description.credentials?.find(({ name }) => name === type) ?? {};
	const name = testedBy as keyof typeof methods.credentialTest;
	const credential = { id: '1', name: 'My PolyAI', type, data };
	return await methods.credentialTest[name].call(new CredentialTestContext(), credential);
}

afterEach(() => {
	expect(polyAi.journal.counts.dials).toBe(0);
	expect(polyAi.journal.counts.byOperation.trigger).toBe(0);
});

interface Kind {
	type: string;
	/** How it is named on screen. */
	name: string;
	secret: string;
	version: VersionName;
	refused: string;
	notAllowed: string;
	filledIn: (secret?: string) => ICredentialDataDecryptedObject;
}

const KINDS: Kind[] = [
	{
		type: 'polyAiApi',
		name: 'PolyAI API',
		secret: 'token',
		version: 'g1',
		refused:
			'PolyAI refused the token: The token is missing or not valid. Open the credential and check the token and the region. If both are right, ask PolyAI whether outbound calling is set up for this token.',
		notAllowed:
			"This token doesn't have permission to place or read calls: This is not allowed. Ask PolyAI whether outbound calling is set up for it.",
		filledIn: (token = polyAi.token) => ({ token }),
	},
	{
		type: 'polyAiAgentsApi',
		name: 'PolyAI Agents API',
		secret: 'API key',
		version: 'g3',
		refused:
			'PolyAI refused the API key: The token is missing or not valid. Open the credential and check the API key and the region. API keys are made in Agent Studio, on the home page of your workspace, under API Keys.',
		notAllowed:
			"This API key doesn't have permission for this agent: This is not allowed. Check the agent ID in the credential, and in Agent Studio whether the key belongs to the workspace of this agent.",
		filledIn: (apiKey = polyAi.apiKey) => ({ apiKey, agentId: polyAi.settings.agentId }),
	},
];

describe.each(KINDS)('$name', (kind) => {
	const { type, name, secret, refused, notAllowed, version, filledIn } = kind;

	async function savingFor(baseUrl: string, given?: string) {
		return await saving(type, { region: 'custom', baseUrl, ...filledIn(given) });
	}

	async function saidFor(baseUrl: string, given?: string): Promise<string> {
		const { status, message } = await savingFor(baseUrl, given);
		expect(status).toBe('Error');
		return message;
	}

	beforeEach(() => polyAi.set({ versions: [version] }));

	describe('PolyAI answers', () => {
		test('"not found" to a token that it accepts: the credential is good', async () => {
			expect(await savingFor(polyAi.url)).toEqual(GOOD);
			expect(polyAi.journal.requests).toHaveLength(1);
			expect(polyAi.journal.requests[0]).toMatchObject({
				method: 'GET',
				operation: 'status',
				answer: { status: 404 },
			});
		});

		test('the same at the address of a request, as it stands in PolyAI’s documentation', async () => {
			expect(await savingFor(`${polyAi.url}/v1/outbound-calling/trigger`)).toEqual(GOOD);
		});

		test('the same at an address that ends with a slash, or has blanks around it', async () => {
			expect(await savingFor(`  ${polyAi.url}/ `)).toEqual(GOOD);
		});

		test.each(['flat', 'envelope', 'nested', 'message', 'fields'] as const)(
			'the same with an error body of the shape %s',
			async (errorShape) => {
				polyAi.set({ errorShape });

				expect(await savingFor(polyAi.url)).toEqual(GOOD);
			},
		);

		test.each(['html', 'empty', 'gateway'] as const)(
			'nothing itself: "not found" in the shape %s is a server’s in front of it',
			async (errorShape) => {
				polyAi.set({ errorShape });

				expect(await saidFor(polyAi.url)).toBe(NOT_POLYAI);
			},
		);

		test('that the made-up call SID is malformed: the token was read all the same', async () => {
			polyAi.fault({ on: 'status', answer: 400 });

			expect(await savingFor(polyAi.url)).toEqual(GOOD);
		});

		test('that it does not know the token', async () => {
			expect(await saidFor(polyAi.url, 'wrong')).toBe(refused);
		});

		test('that the token may not do this', async () => {
			polyAi.fault({ on: 'status', answer: 403 });

			expect(await saidFor(polyAi.url)).toBe(notAllowed);
		});

		test.each([
			[429, "PolyAI's rate limit is exceeded"],
			[500, 'PolyAI is temporarily unavailable'],
			[503, 'PolyAI is temporarily unavailable'],
			[504, 'PolyAI is temporarily unavailable'],
		])('%i, which says nothing of the token', async (answer, why) => {
			polyAi.fault({ on: 'status', answer });

			const said = await saidFor(polyAi.url);
			expect(said).toContain(why);
			expect(said).toContain(`The ${secret} could not be checked: try again in a minute.`);
			// There are no options of a node, and no item, where a credential is saved.
			expect(said).not.toMatch(/options|item/);
		});

		test('by breaking the connection', async () => {
			polyAi.fault({ on: 'status', answer: 'reset' });

			expect(await saidFor(polyAi.url)).toBe(
				'PolyAI could not be reached. The connection broke. Try again later.',
			);
		});
	});

	test('a secret that was left empty is said before anything is sent', async () => {
		expect(await saidFor(polyAi.url, '  ')).toBe(
			`The ${secret} is empty. Paste the one that PolyAI issued.`,
		);
		expect(polyAi.journal.requests).toEqual([]);
	});

	describe('nobody answers', () => {
		test('nothing runs at the address', async () => {
			const { url, close } = await startServer(() => undefined);
			await close();

			expect(await saidFor(url)).toBe(
				'PolyAI could not be reached. The connection was refused. Check the base URL in the credential.',
			);
		});

		test('the address does not exist', async () => {
			expect(await saidFor('https://polyai.invalid')).toBe(
				'PolyAI could not be reached. Its address could not be found. Check the region or the base URL in the credential, and whether n8n has access to the internet.',
			);
		});

		test('the address speaks no TLS', async () => {
			expect(await saidFor(polyAi.url.replace('http:', 'https:'))).toBe(
				'PolyAI could not be reached. Its certificate could not be trusted. Check the base URL in the credential, or ask whoever runs your network.',
			);
		});
	});

	describe('somebody else answers', () => {
		let other: OtherServer | undefined;

		afterEach(async () => await other?.close());

		test.each<[string, number, string, string]>([
			['a web page', 200, 'text/html', '<html><body>Welcome</body></html>'],
			['a web page that was not found', 404, 'text/html', '<html><body>Not found</body></html>'],
			['words', 404, 'text/plain', '404 page not found'],
			['nothing', 404, 'text/plain', ''],
			['JSON', 200, 'application/json', '{"hello":"world"}'],
			['that it is well', 200, 'application/json', '{"status":"ok"}'],
			['that all went well', 200, 'application/json', '{"status":"success"}'],
			['a list', 200, 'application/json', '[]'],
			['a message', 404, 'application/json', '{"message":"Not Found"}'],
			['as a gateway', 403, 'application/json', '{"message":"Missing Authentication Token"}'],
			['an error', 404, 'application/json', '{"error":"Not Found"}'],
		])('with %s (%i)', async (_what, status, type, body) => {
			other = await startServer((_request, response) => {
				response.writeHead(status, { 'content-type': type }).end(body);
			});

			expect(await saidFor(other.url)).toBe(NOT_POLYAI);
		});

		test.each([301, 302, 307, 308])(
			'with a redirect (%i), which is not followed',
			async (status) => {
				other = await startServer(({ url = '' }, response) => {
					response.writeHead(status, { location: polyAi.url + url }).end();
				});

				expect(await saidFor(other.url)).toBe(NOT_POLYAI);
				expect(polyAi.journal.requests).toEqual([]);
			},
		);
	});

	test('an address with a path is refused: PolyAI would answer as to an unknown call', async () => {
		expect(await saidFor(`${polyAi.url}/api`)).toContain('nothing after the host');
		expect(polyAi.journal.requests).toEqual([]);
	});

	describe('an address that would show the token on the way', () => {
		test.each([
			['http://polyai.example'],
			['http://127.0.0.1.polyai.example'],
			['http://localhost.polyai.example'],
			['http://10.0.0.1'],
			['ftp://127.0.0.1'],
			['https://user:secret@polyai.example'],
			['polyai.example'],
			[''],
		])('%s is refused', async (baseUrl) => {
			expect(await saidFor(baseUrl)).toBe(
				`The base URL in the ${name} credential cannot be used. Write it as PolyAI gave it to you, beginning with https:// and with nothing after the host, for example https://api.example.com. Only addresses on this computer (localhost) may begin with http://.`,
			);
		});

		test('is refused before a byte is sent', async () => {
			let connections = 0;
			const open = await startServer(() => undefined, '0.0.0.0');
			open.server.on('connection', () => connections++);
			const said = await saidFor(open.url);
			await open.close();

			expect(said).toContain('cannot be used');
			expect(connections).toBe(0);
		});
	});
});

describe('the agent', () => {
	const savingAgent = async (agentId: string) => {
		polyAi.set({ versions: ['g3'] });
		const { url: baseUrl, apiKey } = polyAi;
		return await saving('polyAiAgentsApi', { region: 'custom', baseUrl, apiKey, agentId });
	};

	test('that PolyAI does not know is told from the call that it cannot know', async () => {
		expect(await savingAgent('PROJECT-OF-SOMEBODY-ELSE')).toEqual({
			status: 'Error',
			message:
				'PolyAI accepts the API key, but does not know the agent. Check the agent ID and the region.',
		});
	});

	test.each(['', '  ', '..'])('“%s” is refused before anything is sent', async (agentId) => {
		expect(await savingAgent(agentId)).toEqual({
			status: 'Error',
			message:
				'The agent ID in the PolyAI Agents API credential cannot be used. Copy it from Agent Studio, where it begins with PROJECT-.',
		});
		expect(polyAi.journal.requests).toEqual([]);
	});
});

interface OtherServer {
	url: string;
	server: Server;
	close(): Promise<void>;
}

async function startServer(answer: RequestListener, host = '127.0.0.1'): Promise<OtherServer> {
	const server = createServer(answer);
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	return {
		url: `http://${host}:${(server.address() as AddressInfo).port}`,
		server,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
