import { readdirSync, readFileSync } from 'node:fs';
import type { IDataObject, INodeTypeDescription } from 'n8n-workflow';
import { readExample, type Example, type ExampleNode } from '../support/n8n/example.mts';
import { startMailServer, type MailServer } from '../support/n8n/mailServer.mts';
import { outputOf, type Execution } from '../support/n8n/restClient.mts';
import { startSmsService, type SmsService } from '../support/n8n/smsService.mts';
import { until } from '../support/n8n/until.mts';
import { hoursAgo, zoneAtNoon } from '../support/n8n/zoneAtNoon.mts';
import type { Outcome } from '../simulator/calls/outcomes.mts';
import { place } from '../support/unit/simulator/polyAiClient.mts';
import { describeWith, HAS, testWith } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { EVERY_TEN_SECONDS } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

const ADA = '+442079460101';
const BEN = '+442079460102';
const CLEO = '+442079460103';
const DAN = '+442079460104';
const EVA = '+442079460105';
const FINN = '+442079460106';

/** What the agent sends along with its report, so that n8n knows it. */
const REPORT_KEY = { name: 'X-Report-Key', value: 'a-secret' };

let n8n: Instance;
let mail: MailServer;
let credentials: Record<string, { id: string; name: string }>;
beforeAll(async () => {
	n8n = await startInstance({}, 'g3');
	mail = await startMailServer();
	const { client, credential: polyAiAgentsApi } = n8n;
	const server = { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true };
	const smtp = await client.createCredential('smtp', server);
	credentials = {
		polyAiAgentsApi,
		httpHeaderAuth: await client.createCredential('httpHeaderAuth', REPORT_KEY),
		smtp,
		// Never used.
		twilioApi: smtp,
	};
});
afterAll(async () => {
	await n8n?.close();
	await mail?.close();
});
beforeEach(() => {
	n8n.polyAi.reset();
	n8n.polyAi.set({ versions: ['g3', 'conversations'], magicNumbers: false, queuedMs: 0 });
});

/**
 * An example of which a person has chosen the credentials and filled in the workspace. Its trigger looks
 * every ten seconds instead of every minute.
 */
function read(file: string): Example {
	const example = readExample(file, credentials);
	const workspaceId = n8n.polyAi.settings.accountId;
	for (const { parameters } of example.nodes) {
		if ('pollTimes' in parameters) parameters.pollTimes = { item: EVERY_TEN_SECONDS };
		for (const fields of [parameters, (parameters.options ?? {}) as IDataObject]) {
			if ('workspaceId' in fields) Object.assign(fields, { workspaceId });
		}
	}
	// Where it is about noon, no day ends while this runs.
	example.settings = { ...example.settings, timezone: zoneAtNoon() };
	return example;
}

async function run(example: Example): Promise<Execution> {
	const { id } = await n8n.client.createWorkflow(example);
	const execution = await n8n.client.run(id, 'Start');
	expect(execution.data.resultData.error).toBeUndefined();
	return execution;
}

function jsonOf(execution: Execution, node: string): IDataObject[] {
	return outputOf(execution, node).map(({ json }) => json);
}

function nodeOf({ nodes }: Example, name: string): ExampleNode {
	const found = nodes.find((one) => one.name === name);
	if (!found) throw new Error(`There is no node ${name}`);
	return found;
}

/** A call that ended some hours ago; its call SID. */
function called(number: string, outcome: Outcome, hours: number): string {
	n8n.polyAi.set({ outcomeByNumber: { [number]: outcome } });
	const order = { number, environment: 'live', metadata: {} };
	const call = n8n.polyAi.calls.place(order, 'g3');
	call.placedAt = hoursAgo(hours);
	return call.sid;
}

testWith(HAS.humanReview)(
	'every node of an example is one that n8n has, with fields that it has',
	async () => {
		const types = await n8n.client.request<INodeTypeDescription[]>('GET', '/types/nodes.json');
		for (const file of readdirSync('examples')) {
			const { nodes } = JSON.parse(readFileSync(`examples/${file}`, 'utf8')) as Example;
			for (const { name, type, typeVersion, parameters } of nodes) {
				const known = types.filter((one) => {
					return one.name === type && [one.version].flat().includes(typeVersion);
				});
				const fields = new Set(known.flatMap((one) => one.properties.map((field) => field.name)));
				const unknown = Object.keys(parameters).filter((field) => !fields.has(field));
				expect([file, name, known.length > 0, unknown]).toEqual([file, name, true, []]);
			}
		}
	},
);

test('CRM: each lead gets outcome and note, two are on the phone at once, a lost answer is found', async () => {
	n8n.polyAi.set({ magicNumbers: true, queuedMs: 200, callingMs: 1500 });
	const ben = '+442079460002';
	n8n.polyAi.fault({ on: 'trigger', numbers: [ben], answer: 'reset', dials: true });
	const execution = await run(read('crm-lead-with-note.json'));

	const note = 'The callee confirmed the appointment.';
	const results = jsonOf(execution, 'Results');
	expect(results.map((one) => [one.crmId, one.result, one.note])).toEqual([
		['L-1001', 'Reached', note],
		['L-1002', 'Not reached', ''],
		['L-1003', 'Voicemail', note],
	]);
	expect(Object.keys(results[0] ?? {})).toEqual([
		...['crmId', 'name', 'phone', 'phoneNumber', 'result', 'reason', 'note', 'callSid'],
	]);
	expect(jsonOf(execution, 'Rows to Check')).toMatchObject([
		{ crmId: 'L-1004', result: 'Not called', reason: expect.stringContaining('12 34') },
	]);
	const placed = n8n.polyAi.calls.all().sort((a, b) => a.placedAt - b.placedAt);
	expect(placed.map(({ sid }) => sid).sort()).toEqual(results.map((one) => one.callSid).sort());
	expect(n8n.polyAi.journal.dialsByNumber()[ben]).toBe(1);
	const ends = placed.map((call) => n8n.polyAi.calls.stateOf(call).since);
	expect(placed[2]?.placedAt).toBeGreaterThanOrEqual(Math.min(...ends.slice(0, 2)));
});

describe('an SMS the next morning', () => {
	let sms: SmsService;
	beforeAll(async () => {
		sms = await startSmsService();
	});
	afterAll(async () => await sms?.close());

	/** Another SMS service in place of Twilio, as the note says; it is told the same. */
	function readWithSms(): Example {
		const example = read('voicemail-then-sms.json');
		const node = nodeOf(example, 'Send the SMS');
		const { to, message } = node.parameters;
		Object.assign(node, {
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				method: 'POST',
				url: sms.url,
				sendBody: true,
				bodyParameters: { parameters: Object.entries({ to, message }).map(pair) },
				options: {},
			},
			credentials: {},
		});
		return example;
	}
	const pair = ([name, value]: [string, unknown]) => ({ name, value });

	test('goes to whom yesterday’s last call did not reach but a voicemail, and never again', async () => {
		const adas = called(ADA, 'voicemail', 24);
		called(BEN, 'voicemail', 25);
		called(BEN, 'success', 24);
		called(CLEO, 'busy', 24);
		called(DAN, 'voicemail', 0.1);
		const evas = called(EVA, 'voicemail', 26);
		called(FINN, 'voicemail', 48);
		sms.refuse(EVA);
		const example = readWithSms();
		const { id } = await n8n.client.createWorkflow(example);
		const execution = await n8n.client.run(id, 'Start');

		expect(sms.sent).toEqual([
			{ to: ADA, message: expect.stringContaining('reached your voicemail') },
		]);
		expect(jsonOf(execution, 'Results')).toEqual([
			{ phoneNumber: ADA, result: 'SMS sent', reason: '', callSid: adas },
		]);
		expect(jsonOf(execution, 'Rows to Check')).toEqual([
			{
				phoneNumber: EVA,
				result: 'SMS not sent',
				reason: expect.stringContaining('no such number'),
				callSid: evas,
			},
		]);

		const again = await n8n.client.run(id, 'Start');
		expect(again.status).toBe('success');
		expect(sms.sent).toHaveLength(1);
	});
});

describeWith(HAS.dataTables)('when a call has ended', () => {
	let listening: string;
	beforeAll(async () => {
		const data = { baseUrl: n8n.n8n.url, apiKey: await n8n.client.createApiKey() };
		credentials.polyAiDataTablesApi = await n8n.client.createCredential(
			'polyAiDataTablesApi',
			data,
		);
	});
	afterEach(async () => await n8n.client.deactivate(listening));

	async function publish(example: Example): Promise<void> {
		({ id: listening } = await n8n.client.createWorkflow(example));
		if (example.nodes.some(({ name }) => name === 'Start')) {
			await n8n.client.run(listening, 'Start');
		}
		await n8n.client.activate(listening);
	}

	/** Calls that go on until they are ended; their call SIDs. */
	async function callsTo(...numbers: string[]): Promise<string[]> {
		n8n.polyAi.set({ outcome: 'never-ends' });
		return await Promise.all(numbers.map(async (number) => await place(n8n.polyAi, number, 'g3')));
	}

	/** What came out of a node in all that was started, as soon as there is so much. */
	async function itemsOf(node: string, count: number): Promise<IDataObject[]> {
		return await until(`${count} items come out of ${node}`, async () => {
			const all = await n8n.client.executions(listening);
			const ids = all.filter(({ status }) => status === 'success').map(({ id }) => id);
			const executions = await Promise.all(ids.map(async (id) => await n8n.client.execution(id)));
			const items = executions.flatMap((one) => jsonOf(one, node));
			return items.length >= count ? items : undefined;
		});
	}

	test('who asks not to be called again, or is handed over for that, is blocked, and nobody else', async () => {
		await publish(read('do-not-call-me-again.json'));
		const [adas, bens, cleos, dans] = await callsTo(ADA, BEN, CLEO, DAN);
		const TALK = { status: 'success', callStatus: 'Success', answeredBy: 'HUMAN' } as const;
		n8n.polyAi.finish(adas!, { ...TALK, says: 'Please don’t call me again.' });
		n8n.polyAi.finish(bens!, { ...TALK, handoffReason: 'Opt out' });
		n8n.polyAi.finish(cleos!, { ...TALK, says: 'Call me next week.' });
		n8n.polyAi.finish(dans!, 'busy');

		await itemsOf('What Was Said', 4);
		const results = await itemsOf('Results', 2);
		expect(results).toHaveLength(2);
		expect(results).toEqual(
			expect.arrayContaining([
				{
					phoneNumber: ADA,
					result: 'Blocked',
					reason: "User: Please don't call me again.",
					callSid: adas,
				},
				{ phoneNumber: BEN, result: 'Blocked', reason: 'Handoff: Opt out', callSid: bens },
			]),
		);
	});

	test('the agent’s report is put beside the result of its call; a call without one comes out, too', async () => {
		const example = read('agent-reports-to-webhook.json');
		nodeOf(example, 'Wait for the Report').parameters.amount = 1;
		await publish(example);
		const [adas, bens] = await callsTo(ADA, BEN);
		const report = { callSid: adas, answer: 'confirmed', note: 'Will bring the papers' };
		const post = async (key: string) => {
			const headers = { 'content-type': 'application/json', [REPORT_KEY.name]: key };
			const url = `${n8n.n8n.url}/webhook/polyai-agent-report`;
			return await fetch(url, { method: 'POST', headers, body: JSON.stringify(report) });
		};
		expect((await post('a guess')).status).toBe(403);
		n8n.polyAi.finish(adas!);
		n8n.polyAi.finish(bens!, 'busy');
		expect((await post(REPORT_KEY.value)).status).toBe(200);

		const results = await itemsOf('Results', 2);
		expect(results).toHaveLength(2);
		expect(results).toEqual(
			expect.arrayContaining([
				{
					...report,
					phoneNumber: ADA,
					result: 'Reached',
					reason: '',
					reported: true,
				},
				{
					callSid: bens,
					phoneNumber: BEN,
					result: 'Not reached',
					reason: expect.stringMatching(/busy/i),
					...{ answer: '', note: '', reported: false },
				},
			]),
		);
	});
});

describe('outcomes by hour in an email', () => {
	/** The lines of the table as a person reads them. */
	function linesOf(html: string): string[] {
		const text = html.replace(/<table cellpadding.*?<\/table>/gs, '').replace(/<[^>]+>/g, ' ');
		return text.split('\n').map((line) => line.replace(/&nbsp;|\s+/g, ' ').trim());
	}

	test('says how many calls of each hour were answered, and draws them', async () => {
		called(ADA, 'success', 0.01);
		called(BEN, 'voicemail', 0.01);
		called(CLEO, 'busy', 2);
		called(DAN, 'success', 2);
		called(DAN, 'success', 26);
		n8n.polyAi.receive(ADA);
		const execution = await run(read('daily-outcomes-by-email.json'));

		const counts = { calls: 4, answered: 2, voicemail: 1, notReached: 1, unknown: 0 };
		expect(jsonOf(execution, 'Outcomes by Hour')).toMatchObject([counts]);
		const [{ source, body } = { source: '', body: '' }] = mail.mails.splice(0);
		expect(source).toMatch(/^Subject: Calls on \w+, \w+ \d+: 4, 2 answered$/m);
		const lines = linesOf(body);
		expect(lines).toContain('Hour Answered Voicemail Not reached Not known');
		const hours = lines.filter((line) => /^\d\d:00|^All/.test(line));
		expect(hours.map((line) => line.replace(/^\d\d:00/, ''))).toEqual([
			' 1 0 1 0',
			' 0 0 0 0',
			' 1 1 0 0',
			'All 2 1 1 0',
		]);
		// The longest bar is of the hours with most calls: half of it for each of two.
		expect(body.match(/<td bgcolor="#\w+" width="160"/g)).toHaveLength(4);
	});

	test('says so on a day without calls', async () => {
		await run(read('daily-outcomes-by-email.json'));
		expect(mail.mails.splice(0).map(({ body }) => body.trim())).toEqual([
			expect.stringMatching(/^<p>No calls on \w+, \w+ \d+\.<\/p>$/),
		]);
	});
});
