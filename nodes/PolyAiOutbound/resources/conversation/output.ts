import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { simpleField } from '../../../n8n/simpleField';
import type { Conversation } from '../../../shared/polyai/conversations/conversation';
import type { FoundConversation } from '../../../shared/polyai/conversations/fetchConversation';
import { outcomeOf, type Outcome } from '../../../shared/polyai/conversations/outcome';

interface Told extends Conversation {
	outcome: Outcome;
}

/**
 * Who it was with, how it went and what was said: n8n's guidelines allow ten fields. Left out is what
 * others imply (`answeredBy`, `finishedAt`), what was asked for (`environment`), and what only some
 * projects use: handoffs, variants, languages, scores, tags, metrics.
 */
const SIMPLIFIED: Array<keyof Told> = [
	...(['callSid', 'outcome', 'status', 'reason', 'direction', 'phoneNumber'] as const),
	...(['startedAt', 'durationSeconds', 'summary', 'transcript'] as const),
];

/** By name, as n8n sorts them. The call SID always comes out. */
const TITLES: Record<Exclude<keyof Told, 'callSid'>, string> = {
	answeredBy: 'Answered By',
	direction: 'Direction',
	durationSeconds: 'Duration (Seconds)',
	environment: 'Environment',
	finishedAt: 'Finished At',
	handoff: 'Handoff',
	handoffDestination: 'Handoff Destination',
	handoffReason: 'Handoff Reason',
	language: 'Language',
	metrics: 'Metrics',
	outcome: 'Outcome',
	phoneNumber: 'Phone Number',
	reason: 'Reason',
	score: 'Score',
	startedAt: 'Started At',
	status: 'Status',
	summary: 'Summary',
	tags: 'Tags',
	transcript: 'Transcript',
	variantId: 'Variant ID',
};

/** A tool has more choices, by n8n's guidelines: too many fields confuse a model. */
export const outputFields: INodeProperties[] = [
	{ ...simpleField, displayOptions: { hide: { '@tool': [true] } } },
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		options: [
			{ name: 'Raw', value: 'raw', description: 'Everything that PolyAI returns' },
			{
				name: 'Selected Fields',
				value: 'selectedFields',
				description: 'The call SID and the fields that you select',
			},
			{
				name: 'Simplified',
				value: 'simplified',
				description: 'How the call went and what was said',
			},
		],
		default: 'simplified',
		description: 'How much of a conversation the AI model gets to read',
		displayOptions: { show: { '@tool': [true] } },
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'multiOptions',
		options: Object.entries(TITLES).map(([value, name]) => ({ name, value })),
		default: ['outcome', 'summary'],
		description: 'Which fields to return in addition to the call SID',
		displayOptions: { show: { '@tool': [true], output: ['selectedFields'] } },
	},
];

/** The output for a conversation, as chosen by the user for this item. */
export function readOutput(
	context: IExecuteFunctions,
	item: number,
): (found: FoundConversation) => IDataObject {
	const isSimple = context.getNodeParameter('simple', item, true) !== false;
	const output = context.getNodeParameter('output', item, isSimple ? 'simplified' : 'raw');
	if (output === 'raw') return rawJson;
	const selected = [context.getNodeParameter('fields', item, [])].flat() as Array<keyof Told>;
	const names = output === 'selectedFields' ? (['callSid', ...selected] as const) : SIMPLIFIED;
	return ({ conversation }) => {
		const told: Told = { ...conversation, outcome: outcomeOf(conversation, conversation) };
		const known = names.filter((name) => told[name] !== undefined);
		return Object.fromEntries(known.map((name) => [name, told[name]])) as IDataObject;
	};
}

/** n8n treats an item with a top-level `error` as failed. */
function rawJson({ raw: { error, ...rest } }: FoundConversation): IDataObject {
	return { ...rest, ...(error !== undefined && { conversationError: error }) } as IDataObject;
}
