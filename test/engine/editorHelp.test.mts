import type { INodeParameters, IWorkflowSettings } from 'n8n-workflow';
import { operations } from '../../nodes/PolyAiOutbound/operations.ts';
import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { PolyAiOutboundTrigger } from '../../nodes/PolyAiOutboundTrigger/PolyAiOutboundTrigger.node.ts';
import { buildWorkflow, type NodeClass } from '../support/engine/engineWorkflow.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import { startObservation } from '../support/engine/observeNode.mts';
import { call, numbers } from '../support/engine/polyAi.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';

/** What an expression of the description gives in the editor, for a node that is filled in so. */
function shown(
	type: NodeClass,
	expression: string | undefined,
	parameters: INodeParameters,
	item = {},
) {
	const { workflow } = buildWorkflow(
		[{ name: 'Node', type, parameters }],
		[],
		new SavedWorkflow(),
		startObservation(),
		{},
	);
	return workflow.expression.getParameterValue(
		expression ?? '',
		null,
		0,
		0,
		'Node',
		[{ json: item }],
		'manual',
		{},
	);
}

test.each([
	['Call: Trigger', 'call', 'trigger'],
	['Call: Trigger and Wait', 'call', 'triggerAndWait'],
	['Phone Number: Validate', 'phoneNumber', 'validate'],
])('“%s” stands under the node', (title, resource, operation) => {
	const { subtitle } = new PolyAiOutbound().description;
	expect(shown(PolyAiOutbound, subtitle, { resource, operation })).toBe(title);
});

test.each(operations.map(({ resource, value, action }) => [action, resource, value]))(
	'a node that was added as “%s” has another text under its name',
	(action, resource, operation) => {
		const { subtitle } = new PolyAiOutbound().description;
		const below = shown(PolyAiOutbound, subtitle, { resource, operation });
		expect(below).toMatch(/^(Call|Campaign|Conversation|Phone Number): \w/);
		expect(below).not.toBe(action);
	},
);

test.each([
	['On every ended call', undefined],
	['On every ended call', ['success', 'failure', 'unavailable']],
	['On failure', ['failure']],
	['On success or unavailable', ['success', 'unavailable']],
])('“%s” stands under the trigger', (words, events) => {
	const { subtitle } = new PolyAiOutboundTrigger().description;
	expect(shown(PolyAiOutboundTrigger, subtitle, events ? { events } : {})).toBe(words);
});

describe('before a run the editor says that the number lacks its country', () => {
	const isShown = (fields: INodeParameters, item: object) => {
		const [hint] = new PolyAiOutbound().description.hints ?? [];
		return shown(PolyAiOutbound, hint?.displayCondition, fields, item);
	};

	test.each<[string, INodeParameters, object?]>([
		['a national number', { phoneNumber: '020 7946 0018' }],
		['one in brackets', { phoneNumber: '(020) 7946 0018' }],
		['a number that a spreadsheet marked as text', { phoneNumber: "'02079460018" }],
		['the first item’s', { phoneNumber: '={{ $json.phone }}' }, { phone: 2079460018 }],
		['one to be validated', { phoneNumber: '020', resource: 'phoneNumber', operation: 'validate' }],
	])('%s', (_, fields, item = {}) => {
		expect(isShown(fields, item)).toBe(true);
	});

	test.each<[string, INodeParameters, object?]>([
		['a number with its country', { phoneNumber: '+44 20 7946 0018' }],
		['one with an international prefix', { phoneNumber: '0044 20 7946 0018' }],
		['one that is dialed so in America', { phoneNumber: '011 44 20 7946 0018' }],
		['where a country is chosen', { phoneNumber: '020 7946 0018', defaultCountry: 'GB' }],
		['where nothing is filled in yet', { phoneNumber: '' }],
		['where there is no item yet', { phoneNumber: '={{ $json.phone }}' }],
		['where a status is asked for', { operation: 'getStatus', callSid: '020' }],
	])('but not of %s', (_, fields, item = {}) => {
		expect(isShown(fields, item)).toBe(false);
	});
});

describe('after a run the node says that the workflow’s timeout is shorter than its waiting', () => {
	const hintsWith = async (settings: IWorkflowSettings, operation: string) => {
		useFastClock();
		const savedWorkflow = new SavedWorkflow();
		savedWorkflow.settings = settings;
		const { hints } = await call(numbers(1), { operation, savedWorkflow });
		return hints.map(({ message }) => message);
	};

	test('and which of both to change', async () => {
		expect(await hintsWith({ executionTimeout: 300 }, 'triggerAndWait')).toEqual([
			expect.stringMatching(/after 300 seconds.*wait 15 minutes.*lower 'Wait Timeout'/),
		]);
	});

	test.each<[string, IWorkflowSettings, string?]>([
		['a longer timeout', { executionTimeout: 1800 }],
		['no timeout', { executionTimeout: -1 }],
		['none of its own', {}],
		['nothing to wait for', { executionTimeout: 300 }, 'trigger'],
	])('but not with %s', async (_, settings, operation = 'triggerAndWait') => {
		expect(await hintsWith(settings, operation)).toEqual([]);
	});
});
