import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { askAbout, askForMany, ended, useConversations } from '../support/engine/conversations.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import { agentsCredentialFor, polyAi } from '../support/engine/polyAi.mts';
import { runTool } from '../support/engine/runTool.mts';

useFastClock();
beforeEach(useConversations);

const SIMPLIFIED = [
	...['callSid', 'outcome', 'status', 'reason', 'direction', 'phoneNumber'],
	...['startedAt', 'durationSeconds', 'summary', 'transcript'],
];

/** What an agent is told of the only conversation. */
async function toldToAgent(fields: INodeParameters) {
	const { answers } = await runTool({
		node: PolyAiOutbound,
		way: 'engine',
		credentials: agentsCredentialFor(polyAi),
		parameters: { authentication: 'agentsApi', resource: 'conversation', ...fields },
		toolCalls: [{}],
	});
	return answers[0] as IDataObject;
}

const operations: Array<[string, (callSid: string) => INodeParameters]> = [
	['get', (callSid) => ({ operation: 'get', callSid })],
	['getMany', () => ({ operation: 'getMany', workspaceId: polyAi.settings.accountId })],
];

describe.each(operations)('conversation: %s', (operation, asking) => {
	test('gives at most ten fields, those that most people need first', async () => {
		const callSid = await ended('busy');
		const items = operation === 'get' ? await askAbout('get', [callSid]) : await askForMany();
		const [{ json } = { json: {} }] = items.items;
		expect(SIMPLIFIED).toHaveLength(10);
		expect(Object.keys(json)).toEqual(SIMPLIFIED.filter((name) => name in json));
		expect(json).toMatchObject({ callSid, outcome: 'notReached', reason: 'Busy' });
	});

	test('tells an agent the same unless its owner chooses otherwise', async () => {
		const callSid = await ended();
		const told = await toldToAgent(asking(callSid));
		expect(Object.keys(told)).toEqual(SIMPLIFIED.filter((name) => name in told));
		expect(told).toMatchObject({ callSid, outcome: 'answered' });
	});

	test('tells an agent all that PolyAI sends with the output Raw', async () => {
		const told = await toldToAgent({ ...asking(await ended()), output: 'raw' });
		expect(told).toHaveProperty('turns');
		expect(told).not.toHaveProperty('transcript');
	});

	test('tells an agent the fields that its owner selects, and always the call SID', async () => {
		const callSid = await ended();
		const output = { output: 'selectedFields', fields: ['answeredBy', 'handoff', 'reason'] };
		const told = await toldToAgent({ ...asking(callSid), ...output });
		expect(told).toEqual({ callSid, answeredBy: 'human', handoff: false });
	});
});
