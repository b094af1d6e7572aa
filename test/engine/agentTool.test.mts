import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	credentialFor,
	dialed,
	numbers,
	parametersFor,
	polyAi,
	type Run,
} from '../support/engine/polyAi.mts';
import { startProcess } from '../support/engine/process.mts';
import { runTool, type ToolRun } from '../support/engine/runTool.mts';
import type { SavedExecution } from '../support/engine/savedExecution.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';

useFastClock();

const [ann, bob, cid] = numbers(3) as [string, string, string];
const WAYS = ['engine', 'together', 'reviewed', 'invoke'] as const;

interface Agent extends Pick<Run, 'operation' | 'options'>, Partial<ToolRun> {
	way: ToolRun['way'];
}

/** An agent that fills in the number, within what the owner of the workflow has set. */
async function agent(asks: IDataObject[], { operation, options, ...given }: Agent) {
	const fromModel: INodeParameters =
		operation === 'getStatus'
			? { callSid: "={{ $fromAI('callSid', 'which call', 'string') }}" }
			: { phoneNumber: "={{ $fromAI('number', 'whom to call', 'string') }}" };
	return await runTool({
		node: PolyAiOutbound,
		parameters: parametersFor({ operation, options, fields: fromModel }),
		credentials: credentialFor(polyAi),
		toolCalls: asks,
		...given,
	});
}

/** What the agent reads, whichever way it asked. */
function textOf(answer: unknown): string {
	return typeof answer === 'string' ? answer : JSON.stringify(answer);
}

describe.each(WAYS)('an agent with a phone (%s)', (way) => {
	test('calls whom it asks for, and is told the call SID', async () => {
		const { answers } = await agent([{ number: ann }, { number: bob }], { way });

		expect(dialed()).toEqual([ann, bob]);
		for (const [index, { callSid }] of polyAi.journal.dials.entries()) {
			expect(textOf(answers[index])).toContain(callSid);
			expect(textOf(answers[index])).toContain('"status":"queued"');
		}
	});

	test('learns the status of a call', async () => {
		await agent([{ number: ann }], { way });
		const callSid = polyAi.journal.dials[0]?.callSid;
		const { answers } = await agent([{ callSid }], { way, operation: 'getStatus' });

		expect(textOf(answers[0])).toMatch(/"status":"(queued|calling|success)"/);
	});

	test('may hand over the call SID wrapped in an object', async () => {
		await agent([{ number: ann }], { way });
		const callSid = polyAi.journal.dials[0]?.callSid;
		const { answers } = await runTool({
			node: PolyAiOutbound,
			parameters: parametersFor({
				operation: 'getStatus',
				fields: { callSid: "={{ $fromAI('call', 'which call', 'json') }}" },
			}),
			credentials: credentialFor(polyAi),
			toolCalls: [{ call: { callSid } }],
			way,
		});

		expect(textOf(answers[0])).toContain(`"callSid":"${callSid}"`);
	});

	test('may hand over the number wrapped in an object', async () => {
		const result = await runTool({
			node: PolyAiOutbound,
			parameters: parametersFor({
				fields: { phoneNumber: "={{ $fromAI('number', 'whom to call', 'json') }}" },
			}),
			credentials: credentialFor(polyAi),
			toolCalls: [{ number: { phoneNumber: ann } }],
			way,
		});

		expect(dialed()).toEqual([ann]);
		expect(textOf(result.answers[0])).toContain(polyAi.journal.dials[0]?.callSid);
	});

	test.each([
		['a number of a country that is not allowed', '+49 30 901820', 'is in a country', 'DE.*GB'],
		['a premium-rate number', '+44 909 8790000', 'is a premium-rate number', 'costs extra'],
		['no number', 'my mother', 'is not a phone number', 'digits'],
	])('cannot call %s, and is told why', async (_what, number, why, details) => {
		const { answers } = await agent([{ number }], { way, options: { allowedCountries: ['GB'] } });

		expect(textOf(answers[0])).toContain(why);
		expect(textOf(answers[0])).toMatch(new RegExp(details));
		expect(polyAi.journal.requests).toEqual([]);
	});

	test('"Retry On Fail" after a lost answer does not dial again, and the agent is told', async () => {
		polyAi.fault({ on: 'trigger', answer: 'reset', dials: true, times: 1 });
		const { answers, tool } = await agent([{ number: ann }], {
			way,
			retryOnFail: true,
			maxTries: 3,
		});

		expect(tool.calls).toBe(3);
		expect(dialed()).toEqual([ann]);
		expect(textOf(answers[0])).toContain('confirm whether this call was placed');
	});

	test('after a lost answer about one person it can call another', async () => {
		polyAi.fault({ on: 'trigger', answer: 'reset', dials: true, times: 1 });
		const { answers } = await agent([{ number: ann }, { number: bob }], { way });

		expect(dialed()).toEqual([ann, bob]);
		expect(textOf(answers[0])).toContain('confirm whether this call was placed');
		expect(textOf(answers[1])).toContain(polyAi.journal.dials[1]?.callSid);
	});

	test('after a lost answer it cannot call the same person again', async () => {
		polyAi.fault({ on: 'trigger', answer: 'reset', dials: true, times: 1 });
		const { answers } = await agent([{ number: ann }, { number: ann }], { way });

		expect(dialed()).toEqual([ann]);
		for (const answer of answers)
			expect(textOf(answer)).toContain('confirm whether this call was placed');
	});

	test('"Retry On Fail" after a refusal that helps dials once', async () => {
		polyAi.fault({ on: 'trigger', answer: 400, times: 1 });
		const { answers } = await agent([{ number: ann }], { way, retryOnFail: true });

		expect(dialed()).toEqual([ann]);
		expect(textOf(answers[0])).toContain(polyAi.journal.dials[0]?.callSid);
	});
});

test.each(WAYS)(
	'asked to call the same person again, it tells of the one call, however it asks (%s)',
	async (way) => {
		const asks = [{ number: ann }, { number: bob }, { number: ann }];
		const { answers } = await agent(asks, { way });

		expect(dialed()).toEqual([ann, bob]);
		expect(textOf(answers[0])).toContain(polyAi.journal.dials[0]?.callSid);
		expect(answers[2]).toEqual(answers[0]);
	},
);

test.each(WAYS)(
	'"Retry execution" of an agent that failed calls nobody again (%s)',
	async (way) => {
		polyAi.fault({ on: 'trigger', numbers: [bob], answer: 'reset', dials: true });
		const asks = [{ number: ann }, { number: bob }];
		const first = await agent(asks, { way, executionId: '7', mode: 'trigger', agentFails: true });
		expect(first.status).toBe('error');
		const again = { way, executionId: '8', retryOf: first.saved };
		const { answers } = await agent([...asks, { number: ann }], again);

		expect(dialed()).toEqual([ann, bob]);
		expect(textOf(answers.at(-1))).toContain(polyAi.journal.dials[0]?.callSid);
		expect(textOf(answers.at(-2))).toContain('confirm whether this call was placed');
	},
);

/** Told of what n8n has saved of an execution that is killed once PolyAI has taken a call to Bob. */
async function killedAtBob(way: Agent['way'], savedWorkflow: SavedWorkflow, stop: AbortSignal) {
	let left: SavedExecution | undefined;
	const killed = new Promise<void>((resolve) => {
		polyAi.fault(({ number }) => {
			if (number !== bob) return undefined;
			setImmediate(resolve);
			return { answer: 'never', dials: true };
		});
	});
	const onStart = (saved: SavedExecution) => (left = saved);
	const asks = [{ number: ann }, { number: bob }];
	const node = startProcess().PolyAiOutbound;
	void agent(asks, { way, node, savedWorkflow, onStart, stop, executionId: '7', mode: 'trigger' });
	await killed;
	polyAi.clearFaults();
	return left;
}

test.each(WAYS)('Retry after n8n was killed calls nobody again (%s)', async (way) => {
	const savedWorkflow = new SavedWorkflow();
	const bury = new AbortController();
	const retryOf = await killedAtBob(way, savedWorkflow, bury.signal);
	const again = { way, savedWorkflow, retryOf, executionId: '8' };
	const { answers } = await agent([{ number: ann }, { number: bob }, { number: cid }], again);
	bury.abort();

	expect(dialed()).toEqual([ann, bob, cid]);
	for (const answer of answers.slice(0, 2))
		expect(textOf(answer)).toContain('confirm whether this call was placed');
	expect(textOf(answers[2])).toContain(polyAi.journal.dials[2]?.callSid);
});
