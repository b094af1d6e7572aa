import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import { loginFor } from '../support/n8n/login.mts';
import { outputOf } from '../support/n8n/restClient.mts';
import { ALL_SPOKEN, secret, SPOKEN } from '../support/unit/simulator/polyAiClient.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { callWorkflow, node } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

let n8n: Instance;
beforeAll(async () => {
	n8n = await startInstance();
});
afterAll(async () => await n8n?.close());
beforeEach(() => n8n.polyAi.journal.reset());

async function run(rows: IDataObject[], parameters: IDataObject, settings: IDataObject = {}) {
	const workflow = callWorkflow(
		n8n,
		rows,
		{ resource: 'call', options: {}, ...parameters },
		settings,
	);
	const { id } = await n8n.client.createWorkflow(workflow);
	return await n8n.client.run(id, 'Start');
}

/** A host that answers everything in the same way and remembers what it was sent. */
async function otherHost(status: number, headers: Record<string, string>, body: string) {
	const seen: Array<Record<string, unknown>> = [];
	const server: Server = createServer((request, response) => {
		seen.push(request.headers);
		response.writeHead(status, headers).end(body);
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { url, seen, close: async () => await new Promise((done) => server.close(done)) };
}

test('n8n lists both nodes and the tool under the names that workflows contain', async () => {
	const types = await n8n.client.request<Array<{ name: string; iconUrl?: object }>>(
		'GET',
		'/types/nodes.json',
	);
	const ours = types.filter(({ name }) => name.startsWith('n8n-nodes-polyai.'));
	expect(ours.map(({ name }) => name).sort()).toEqual([
		'n8n-nodes-polyai.polyAiOutbound',
		'n8n-nodes-polyai.polyAiOutboundTool',
		'n8n-nodes-polyai.polyAiOutboundTrigger',
	]);
	for (const { iconUrl } of ours) {
		for (const icon of Object.values(iconUrl ?? {})) {
			const answer = await fetch(`${n8n.n8n.url}/${String(icon)}`);
			expect(answer.headers.get('content-type')).toContain('svg');
		}
	}
});

test('n8n’s HTTP Request node, which sends to any address, can’t use the credential', async () => {
	const host = await otherHost(200, {}, '{}');
	const workflow = callWorkflow(n8n, [{}], {});
	const request = { url: host.url, authentication: 'predefinedCredentialType', options: {} };
	workflow.nodes[3] = {
		...node('PolyAI', 'n8n-nodes-base.httpRequest', 4.2, {
			...request,
			nodeCredentialType: n8n.credentialType,
		}),
		credentials: { [n8n.credentialType]: n8n.credential },
	};
	const { id } = await n8n.client.createWorkflow(workflow);
	const execution = await n8n.client.run(id, 'Start');
	await host.close();
	expect(execution.status).toBe('error');
	expect(host.seen).toEqual([]);
});

/** By the path at which the editor asks for them: the fields of an output before the first run. */
const SCHEMAS = readdirSync('nodes', { recursive: true, encoding: 'utf8' }).flatMap((file) => {
	const [, folder = '', path = ''] = /^(\w+)\/__schema__\/v(.*\.json)$/.exec(file) ?? [];
	const type = folder.charAt(0).toLowerCase() + folder.slice(1);
	return path ? [[`/schemas/n8n-nodes-polyai.${type}/${path}`, `nodes/${file}`] as const] : [];
});

test.each(SCHEMAS)('n8n serves %s', async (path, file) => {
	const answer = await fetch(n8n.n8n.url + path);
	expect(await answer.json()).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});

describe('the credential test says what is wrong, and calls nobody', () => {
	const test = async (changes: IDataObject) =>
		await n8n.client.testCredential('polyAiApi', {
			region: 'custom',
			baseUrl: n8n.polyAi.url,
			token: n8n.polyAi.token,
			...changes,
		});

	afterEach(() => expect(n8n.polyAi.journal.dials).toEqual([]));

	it('a good token', async () => {
		expect(await test({})).toMatchObject({ status: 'OK' });
	});

	it('a refused token', async () => {
		const { status, message } = await test({ token: 'wrong' });
		expect(status).toBe('Error');
		expect(message).toContain('PolyAI refused the token');
		expect(message).not.toContain('wrong');
	});

	it('a host that cannot be reached', async () => {
		const { status, message } = await test({ baseUrl: 'http://127.0.0.1:1' });
		expect(status).toBe('Error');
		expect(message).toContain('PolyAI could not be reached');
		expect(message).not.toContain('ECONNREFUSED');
	});

	it('a host that is not PolyAI’s', async () => {
		const host = await otherHost(404, { 'content-type': 'text/html' }, '<h1>Not Found</h1>');
		const { status, message } = await test({ baseUrl: host.url });
		await host.close();
		expect(status).toBe('Error');
		expect(message).toContain('not as PolyAI does');
	});

	it('an address without encryption, which is refused before anything is sent', async () => {
		const { status, message } = await test({ baseUrl: 'http://polyai.example' });
		expect(status).toBe('Error');
		expect(message).toContain('https://');
	});
});

/** What people have in their spreadsheets, in Britain, and what is dialed; nothing where it is no number. */
const MIXED_ROWS: Array<[phone: string | number, dialed?: string]> = [
	['020 7946 0018', '+442079460018'],
	[''],
	['0044 20 7946 0021', '+442079460021'],
	['011 44 20 7946 0022', '+442079460022'],
	['+44 20'],
	[442079460023, '+442079460023'],
	["'+44 20 7946 0024", '+442079460024'],
	['020\u00a07946\u00a00025', '+442079460025'],
	['call me'],
	['+1 (202) 555-0126', '+12025550126'],
];

describe.each(ALL_SPOKEN)('with a PolyAI that speaks %s', (version) => {
	const { trigger, body, status } = SPOKEN[version];
	beforeAll(async () => await n8n.speak(version));

	test('its credential is tested as good, and a wrong one as refused', async () => {
		const { credentialType, data } = loginFor(version, n8n.polyAi);
		const wrong = { ...data, token: 'wrong', apiKey: 'wrong' };

		expect(await n8n.client.testCredential(credentialType, data)).toMatchObject({ status: 'OK' });
		expect((await n8n.client.testCredential(credentialType, wrong)).message).toContain('refused');
	});

	test('ten mixed rows: ten items out, in order; good numbers dialed once, bad ones explained', async () => {
		const execution = await run(
			MIXED_ROWS.map(([phone]) => ({ phone })),
			{ operation: 'trigger', phoneNumber: '={{ $json.phone }}', defaultCountry: 'GB' },
			{ onError: 'continueRegularOutput' },
		);
		const items = outputOf(execution, 'PolyAI');
		const { requests, dials } = n8n.polyAi.journal;
		const placing = requests.filter(({ dialed }) => dialed);

		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
			MIXED_ROWS.map((_, item) => ({ item })),
		);
		for (const [item, [, dialed]] of MIXED_ROWS.entries()) {
			const callSids = dials
				.filter(({ number }) => number === dialed)
				.map(({ callSid }) => callSid);
			const explained = {
				code: 'invalidPhoneNumber',
				message: expect.stringMatching(/\w{3}/) as string,
			};
			expect(items[item]?.json).toMatchObject(
				dialed ? { phoneNumber: dialed, callSid: callSids[0] } : { error: explained },
			);
			expect(callSids).toHaveLength(dialed ? 1 : 0);
		}
		expect(placing).toHaveLength(7);
		for (const request of placing) {
			const { number = '' } = dials.find(({ callSid }) => callSid === request.callSid) ?? {};
			expect([request.method, request.path]).toEqual(['POST', trigger]);
			expect(request.body).toEqual(body(number));
		}
	});

	test('what failed leaves by the error output when the node has one', async () => {
		const execution = await run(
			[{ phone: '+44 20' }, { phone: '+442079460018' }],
			{ operation: 'trigger', phoneNumber: '={{ $json.phone }}' },
			{ onError: 'continueErrorOutput' },
		);
		const [failed, ...others] = outputOf(execution, 'PolyAI', 1);

		expect(outputOf(execution, 'PolyAI').map(({ json }) => json.phoneNumber)).toEqual([
			'+442079460018',
		]);
		expect(failed?.json.error).toMatchObject({ code: 'invalidPhoneNumber' });
		expect(others).toEqual([]);
	});

	test('a bad row stops the workflow before anybody is phoned when nothing else is chosen', async () => {
		const execution = await run([{ phone: '+442079460018' }, { phone: '+44 20' }], {
			operation: 'trigger',
			phoneNumber: '={{ $json.phone }}',
		});

		expect(execution.status).toBe('error');
		expect(execution.data.resultData.error?.message).toContain('+44 20');
		expect(n8n.polyAi.journal.dials).toEqual([]);
	});

	test('a call SID is data: it stays in its place in the path, and the item says what is wrong with it', async () => {
		const callSid = 'no such/../sid?x=1';
		const execution = await run(
			[{ callSid }],
			{ operation: 'getStatus', callSid: '={{ $json.callSid }}' },
			{
				onError: 'continueRegularOutput',
			},
		);
		const [item] = outputOf(execution, 'PolyAI');

		expect(n8n.polyAi.journal.requests.map(({ path }) => path)).toEqual([
			status(encodeURIComponent(callSid)),
		]);
		// The Agents API only says that it doesn't know the call; the others that this is no call SID.
		const refused = {
			code: 'badRequest',
			message: expect.stringContaining('not a call SID') as string,
		};
		const unknown = {
			code: 'notFound',
			description: expect.stringContaining('two hours') as string,
		};
		expect(item?.json.error).toMatchObject({ callSid, ...(version === 'g3' ? unknown : refused) });
	});

	test('a call is placed and waited for, and the voice agent knows what the row says', async () => {
		const metadata = { fields: [{ name: 'order', value: '={{ $json.order }}' }] };
		const execution = await run([{ phone: '020 7946 0018', order: 4711 }], {
			operation: 'triggerAndWait',
			phoneNumber: '={{ $json.phone }}',
			defaultCountry: 'GB',
			options: { ...(version !== 'g1' && { metadata }), pollInterval: 2 },
		});
		const { callSid, metadata: told } = n8n.polyAi.journal.dials[0]!;

		expect(outputOf(execution, 'PolyAI').map(({ json }) => json)).toEqual([
			expect.objectContaining({ callSid, status: 'success', isFinal: true, timedOut: false }),
		]);
		// The base design knows no metadata.
		expect(told).toEqual(version === 'g1' ? {} : { order: '4711' });
	});

	test('the secret is in no output, no error and no log, and follows no redirect', async () => {
		const target = await otherHost(200, {}, '{"callSid":"stolen"}');
		for (const answer of [301, 302, 307, 308] as const) {
			n8n.polyAi.fault({ answer, location: `${target.url}/elsewhere`, times: 1 });
		}
		const rows = [1, 2, 3, 4].map((last) => ({ phone: `+44207946001${last}` }));
		const execution = await run(
			rows,
			{ operation: 'trigger', phoneNumber: '={{ $json.phone }}' },
			{
				onError: 'continueRegularOutput',
			},
		);
		n8n.polyAi.clearFaults();
		await target.close();

		const codes = outputOf(execution, 'PolyAI').map(({ json }) => (json.error as IDataObject).code);
		expect(codes).toEqual(Array(4).fill('unreachable'));
		expect(target.seen).toEqual([]);
		const [key = 'missing'] = Object.values(secret(n8n.polyAi, version));
		expect(JSON.stringify(execution)).not.toContain(key);
		expect(n8n.n8n.log()).not.toContain(key);
	});
});
