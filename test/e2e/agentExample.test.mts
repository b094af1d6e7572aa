import { startChatModel, type ChatModel, type Turn } from '../support/n8n/chatModel.mts';
import { readExample } from '../support/n8n/example.mts';
import { somebodyBetween } from '../support/n8n/fictionalPeople.mts';
import { outputOf, type Execution } from '../support/n8n/restClient.mts';
import { HAS, testWith } from '../support/e2e/capabilities.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';

jest.setTimeout(600_000);

let n8n: Instance;
let model: ChatModel;
let openAiApi: { id: string; name: string };
let workflowId: string;

/** n8n's own AI Agent and OpenAI Chat Model, as the example has them; only OpenAI is played. */
beforeAll(async () => {
	n8n = await startInstance();
	model = await startChatModel();
	openAiApi = await n8n.client.createCredential(
		'openAiApi',
		{ apiKey: 'not-a-key', url: model.url },
		'OpenAI',
	);
	const example = readExample('ai-agent-with-a-phone.json', {
		polyAiApi: n8n.credential,
		openAiApi,
	});
	({ id: workflowId } = await n8n.client.createWorkflow(example));
});
afterAll(async () => {
	await n8n?.close();
	await model?.close();
});
beforeEach(() => n8n.polyAi.journal.reset());

/** One message in the chat; gives the agent's answer. */
async function chat(chatInput: string, ...turns: Turn[]): Promise<unknown> {
	model.willSay(...turns);
	const message = { sessionId: 'test', action: 'sendMessage', chatInput };
	const execution = await n8n.client.run(workflowId, 'When Chat Message Received', message);
	expect(execution.status).toBe('success');
	return outputOf(execution, 'Agent with a Phone')[0]?.json.output;
}

/** The same where a tool refuses; gives its words, which end the agent's run in n8n before 2.17. */
async function chatInVain(chatInput: string, ...turns: Turn[]): Promise<string[]> {
	if (HAS.modelIsToldWhy) {
		expect(await chat(chatInput, ...turns)).toBe(turns.at(-1));
		return model.toolAnswers();
	}
	model.willSay(...turns);
	const message = { sessionId: 'test', action: 'sendMessage', chatInput };
	const execution = await n8n.client.run(workflowId, 'When Chat Message Received', message);
	expect(execution.status).toBe('error');
	return [JSON.stringify(execution.data.resultData)];
}

const phone = (number: string, more = {}) => ({
	tool: 'Call_a_Person',
	arguments: { Phone_Number: number, Purpose: 'To remind of an appointment', ...more },
});

/** Half an hour before the hours of the example change, so that they do not while this runs. */
const awake = somebodyBetween('08:00', '20:30');
const asleep = somebodyBetween('21:00', '07:30');

const dialed = () => n8n.polyAi.journal.dials.map(({ number }) => number);

test('the model reads what the tools do, may choose whom to call and why, and nothing else', async () => {
	await chat('Hello', 'Whom shall I call?');

	const tools = model.tools();
	expect(tools.map(({ name }) => name).sort()).toEqual(['Call_a_Person', 'Get_Call_Status']);
	for (const { name, description, parameters } of tools) {
		const isPhone = name === 'Call_a_Person';
		expect(description).toContain(isPhone ? 'call a real person' : 'It calls no one');
		const { properties } = parameters;
		expect(Object.keys(properties)).toEqual(isPhone ? ['Phone_Number', 'Purpose'] : ['Call_SID']);
		for (const property of Object.values(properties)) {
			expect(property).toEqual({
				type: 'string',
				description: expect.stringMatching(/\w+ \w+/) as string,
			});
		}
	}
});

test('it calls whom the model chose, tells why, and the model is told how the call went', async () => {
	const said = await chat(`Call Ada at ${awake}`, [phone(awake)], 'Ada was reached.');

	expect(said).toBe('Ada was reached.');
	expect(dialed()).toEqual([awake]);
	const placing = n8n.polyAi.journal.requests.find(({ dialed }) => dialed);
	expect(placing?.body).toMatchObject({
		to_number: awake,
		metadata: { purpose: 'To remind of an appointment' },
	});
	const [answer] = JSON.parse(model.toolAnswers()[0] ?? '[]') as object[];
	expect(answer).toMatchObject({
		callSid: n8n.polyAi.journal.dials[0]?.callSid,
		phoneNumber: awake,
		status: 'success',
		timedOut: false,
	});
});

test('it gets the status of a call', async () => {
	await chat('Call', [phone(awake)], 'Done.');
	const callSid = n8n.polyAi.journal.dials[0]?.callSid;
	const ask = { tool: 'Get_Call_Status', arguments: { Call_SID: callSid } };
	await chat('How did it go?', [ask], 'Well.');

	expect(model.toolAnswers()[0]).toContain('"status":"success"');
	expect(dialed()).toEqual([awake]);
});

test.each([
	['a country that is not allowed', '+33 1 99 00 12 34', 'a country that is not allowed'],
	['a premium-rate number', '+44 909 8790000', 'is a premium-rate number'],
	['what is no number', 'Ada', 'is not a phone number'],
])('%s is refused in words that the model gets, and nobody is rung', async (_, number, why) => {
	const answers = await chatInVain(`Call ${number}`, [phone(number)], 'I may not.');

	expect(answers).toEqual([expect.stringContaining(why)]);
	expect(n8n.polyAi.journal.requests).toEqual([]);
});

test('a person for whom it is night is not called, and the model learns until when', async () => {
	await chat(`Call ${asleep}`, [phone(asleep)], 'Tomorrow.');

	const [answer] = JSON.parse(model.toolAnswers()[0] ?? '[]') as object[];
	expect(answer).toMatchObject({
		status: 'skipped',
		skipReason: 'outsideCallingHours',
		nextAllowedAt: expect.stringMatching(/^\d{4}-/) as string,
	});
	expect(n8n.polyAi.journal.requests).toEqual([]);
});

test('a model that asks for wider limits does not get them', async () => {
	const wider = { allowedCountries: ['FR'], options: { allowedCountries: [] }, allowPremium: true };
	const answers = await chatInVain('Call Paris', [phone('+33 1 99 00 12 34', wider)], 'I may not.');

	expect(answers).toEqual([expect.stringContaining('not allowed')]);
	expect(n8n.polyAi.journal.requests).toEqual([]);
});

test('a model that asks twice in one go for the same person has rung once', async () => {
	await chat('Call twice', [phone(awake), phone(awake)], 'Done.');

	expect(dialed()).toEqual([awake]);
	const { callSid } = n8n.polyAi.journal.dials[0] ?? {};
	expect(model.toolAnswers()).toEqual([
		expect.stringContaining(`"callSid":"${callSid}"`),
		expect.stringContaining(`"callSid":"${callSid}"`),
	]);
});

test('a model that asks again after an answer gets the same call back', async () => {
	await chat('Call', [phone(awake)], [phone(awake)], 'Done.');

	expect(dialed()).toEqual([awake]);
	const { callSid } = n8n.polyAi.journal.dials[0] ?? {};
	expect(model.toolAnswers()[1]).toContain(`"callSid":"${callSid}"`);
});

test('a call that may have been placed is not placed again', async () => {
	n8n.polyAi.fault({ on: 'trigger', answer: 'reset', dials: true, times: 1 });
	const answers = await chatInVain('Call', [phone(awake)], [phone(awake)], 'I do not know.');

	expect(dialed()).toEqual([awake]);
	for (const answer of answers) {
		expect(answer).toContain('confirm whether this call was placed');
		expect(answer).toContain('so that nobody is phoned twice');
	}
});

describe('an agent that asks first', () => {
	interface Question {
		text: string;
		buttons: Array<{ text: string; link: string }>;
	}

	/** Who presses it is no robot, which n8n does not listen to. */
	const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' };

	/** One message in the chat, the question that comes before the call, and what is pressed then. */
	async function chatAndPress(label: string): Promise<{ question: Question; said: unknown }> {
		const example = readExample('ai-agent-asks-first.json', {
			polyAiApi: n8n.credential,
			openAiApi,
		});
		const { id } = await n8n.client.createWorkflow(example);
		const toolParameters = { Phone_Number: awake, Purpose: 'To remind of an appointment' };
		const arguments_ = { toolParameters, hitlParameters: {} };
		model.willSay([{ tool: 'Call_a_Person', arguments: arguments_ }], 'Done.');
		const message = { sessionId: 'test', action: 'sendMessage', chatInput: `Call ${awake}` };
		const executionId = await n8n.client.start(id, 'When Chat Message Received', message);
		const question = await messageOf(executionId, 'Ask Me First', 'ai_tool');
		// However long somebody thinks about it.
		expect(dialed()).toEqual([]);
		const button = question.buttons.find(({ text }) => text === label);
		expect((await fetch(String(button?.link), { headers: BROWSER })).status).toBe(200);
		const said = await messageOf(executionId, 'Answer in the Chat', 'main');
		return { question, said };
	}

	/** What stands in the chat as soon as the execution waits at that node. */
	async function messageOf(executionId: string, node: string, output: 'ai_tool' | 'main') {
		const said = ({ data }: Execution) => {
			const [run] = data.resultData.runData[node] ?? [];
			return run?.data?.[output]?.[0]?.[0]?.sendMessage as Question | undefined;
		};
		const isWaiting = (execution: Execution) =>
			execution.status === 'waiting' && said(execution) !== undefined;
		return said(await n8n.client.executionOnce(executionId, `waits at ${node}`, isWaiting))!;
	}

	testWith(HAS.humanReview)('calls once somebody has pressed Call, and not before', async () => {
		const { question, said } = await chatAndPress('Call');

		expect(question.text).toContain(`Shall I call ${awake}?`);
		expect(question.text).toContain('To remind of an appointment');
		expect(question.buttons.map(({ text }) => text).sort()).toEqual(['Call', "Don't call"]);
		expect(dialed()).toEqual([awake]);
		expect(model.toolAnswers()[0]).toContain('"status":"success"');
		expect(said).toBe('Done.');
	});

	testWith(HAS.humanReview)('calls nobody when the call is declined, and is told so', async () => {
		const { said } = await chatAndPress("Don't call");

		expect(dialed()).toEqual([]);
		expect(model.toolAnswers()).toEqual([
			expect.stringMatching(/declin|reject|denied|not approved/i),
		]);
		expect(said).toBe('Done.');
	});
});

test('a tool of which nothing was filled in lets the model choose the number, too', async () => {
	const example = readExample('ai-agent-with-a-phone.json', {
		polyAiApi: n8n.credential,
		openAiApi,
	});
	for (const node of example.nodes) {
		if (node.name === 'Call a Person') node.parameters = {};
	}
	({ id: workflowId } = await n8n.client.createWorkflow(example));
	await chat('Call', [phone(awake)], 'Done.');

	expect(dialed()).toEqual([awake]);
	const tool = model.tools().find(({ name }) => name === 'Call_a_Person');
	expect(tool?.description).toContain('call a real person');
	expect(Object.keys(tool?.parameters.properties ?? {})).toEqual(['Phone_Number']);
});
