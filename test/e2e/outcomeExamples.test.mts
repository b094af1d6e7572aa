import type { IDataObject } from 'n8n-workflow';
import { readExample, type Example } from '../n8n/example.mts';
import { startMailServer, type MailServer } from '../n8n/mailServer.mts';
import { outputOf, type Execution } from '../n8n/restClient.mts';
import { hoursAgo, zoneAtNoon } from '../n8n/zoneAtNoon.mts';
import type { Outcome } from '../simulator/calls/outcomes.mts';
import { startInstance, type Instance } from './instance.mts';

jest.setTimeout(300_000);

const [ADA, BEN, CLEO, DAN] = [1, 2, 3, 4].map((last) => `+44207946010${last}`) as [
	string,
	string,
	string,
	string,
];

let n8n: Instance;
let mail: MailServer;
let smtp: { id: string; name: string };
beforeAll(async () => {
	n8n = await startInstance({}, 'g3');
	mail = await startMailServer();
	const data = { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true };
	smtp = await n8n.client.createCredential('smtp', data, 'SMTP');
});
afterAll(async () => {
	await n8n?.close();
	await mail?.close();
});
beforeEach(() => {
	n8n.polyAi.reset();
	n8n.polyAi.set({ generations: ['g3', 'conversations'], magicNumbers: false, queuedMs: 0 });
});

/** An example of which a person has chosen the credentials and filled in the workspace. */
function read(file: string): Example {
	const credentials = { polyAiAgentsApi: n8n.credential, smtp };
	const example = readExample(file, credentials);
	const workspaceId = n8n.polyAi.settings.accountId;
	for (const { parameters } of example.nodes) {
		if ('workspaceId' in parameters) Object.assign(parameters, { workspaceId });
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

/** A call that ended some hours ago; its call SID. */
function called(number: string, outcome: Outcome, hours: number): string {
	n8n.polyAi.set({ outcomeByNumber: { [number]: outcome } });
	const order = { number, environment: 'live', metadata: {} };
	const call = n8n.polyAi.calls.place(order, 'g3');
	call.placedAt = hoursAgo(hours);
	return call.sid;
}

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
