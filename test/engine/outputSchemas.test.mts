import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { operations } from '../../nodes/PolyAiOutbound/operations.ts';
import { PolyAiOutboundTrigger } from '../../nodes/PolyAiOutboundTrigger/PolyAiOutboundTrigger.node.ts';
import {
	askAbout,
	askForMany,
	ended,
	placed as placedNow,
	useConversations,
} from '../support/engine/conversations.mts';
import { n8n } from '../support/engine/dataTable.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import { expectToFit, readSchema, schemaFile } from '../support/engine/outputSchema.mts';
import { Poller } from '../support/engine/poller.mts';
import { DataTable } from '../support/unit/dataTable.mts';
import {
	agentsCredentialFor,
	call,
	credentialFor,
	numbers,
	polyAi,
	run,
} from '../support/engine/polyAi.mts';

const MONDAY_MORNING = '2026-11-23T10:00:00Z';
const [ann, bob] = numbers(2) as [string, string];
const NIGHT = { callingHours: { window: { from: '01:00', to: '02:00' } } };

useFastClock(MONDAY_MORNING);

type Items = Array<{ json: IDataObject }>;

/** Runs of an operation that together show all its fields. */
const RUNS: Record<string, () => Promise<Items>> = {
	async trigger() {
		return await placed('trigger');
	},
	async triggerAndWait() {
		return [...(await placed('triggerAndWait')), ...(await withConversation('triggerAndWait'))];
	},
	async getStatus() {
		return [...(await asked('getStatus')), ...(await withConversation('getStatus'))];
	},
	async waitForResult() {
		return [...(await asked('waitForResult')), ...(await withConversation('waitForResult'))];
	},
	async get() {
		useConversations();
		return (await askAbout('get', [await ended(), await ended('busy'), await placedNow()])).items;
	},
	async getMany() {
		useConversations();
		await ended();
		return (await askForMany()).items;
	},
	async getRecording() {
		useConversations();
		return (await askAbout('getRecording', [await ended()])).items;
	},
	async block() {
		return await onList('block');
	},
	async unblock() {
		return await onList('unblock');
	},
	async isBlocked() {
		await onList('block');
		return await onList('isBlocked');
	},
	async addPerson() {
		return await inCampaign('addPerson');
	},
	async getPeople() {
		await inCampaign('addPerson', { callUntil: '2026-12-24T12:00:00Z' });
		await inCampaign('run');
		const ended = await inCampaign('getPeople');
		await inCampaign('addPerson', {
			ifAlreadyThere: 'startOver',
			callUntil: '2026-12-24T12:00:00Z',
		});
		return [...ended, ...(await inCampaign('getPeople'))];
	},
	async getProgress() {
		await inCampaign('addPerson');
		await inCampaign('run');
		await inCampaign('addPerson', {}, bob);
		return await inCampaign('getProgress');
	},
	async run() {
		await inCampaign('addPerson');
		return await inCampaign('run');
	},
	async stopPerson() {
		await inCampaign('addPerson');
		return await inCampaign('stopPerson');
	},
	async validate() {
		const options = { ifInvalid: 'returnInvalid' };
		return (await call([ann, '12'], { operation: 'validate', credentials: {}, options })).items;
	},
};

async function placed(operation: string): Promise<Items> {
	const [once, atNight] = [
		await call([ann, ann], { operation, options: { skipDuplicates: true } }),
		await call([bob], { operation, options: NIGHT }),
	];
	return [...once.items, ...atNight.items];
}

async function onList(operation: string): Promise<Items> {
	const given = {
		resource: 'phoneNumber',
		phoneNumber: '={{ $json.phone }}',
		defaultCountry: 'GB',
	};
	const { items } = await run({
		operation,
		credentials: { polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'key-of-n8n' } },
		fields: { ...given, doNotCallList: { __rl: true, mode: 'name', value: 'Calls' } },
		options: operation === 'block' ? { reason: 'asked for it' } : {},
		items: [{ phone: ann }],
	});
	return items;
}

/** Somebody is in a campaign whose calls end at once. */
async function inCampaign(
	operation: string,
	options: INodeParameters = {},
	phone: string = ann,
): Promise<Items> {
	polyAi.set({ queuedMs: 0, callingMs: 0 });
	n8n.others.Campaign ??= new DataTable();
	const campaign = { __rl: true, mode: 'name', value: 'Campaign' };
	const own = operation === 'addPerson' ? { phoneNumber: phone, person: phone } : {};
	const metadata = { fields: [{ name: 'first_name', value: 'Ann' }] };
	const once = async () => {
		const { items } = await run({
			operation,
			credentials: {
				...credentialFor(polyAi),
				polyAiDataTablesApi: { baseUrl: n8n.url, apiKey: 'key-of-n8n' },
			},
			fields: { resource: 'campaign', campaign, who: phone, maxLiveCalls: 5, ...own },
			options: { ...options, ...(operation === 'addPerson' && { metadata }) },
			items: [{}],
		});
		return items;
	};
	const first = await once();
	if (operation !== 'run') return first;
	// The call has ended by now, which the next run finds.
	return [...first, ...(await once())];
}

async function withConversation(operation: string): Promise<Items> {
	useConversations();
	polyAi.set({ outcome: 'success', callingMs: 0 });
	const credentials = agentsCredentialFor(polyAi);
	const fields = { authentication: 'agentsApi' };
	const options = { includeConversation: true };
	const calls = await call([ann], { credentials, fields });
	const items = calls.items.map(({ json }) => ({ ...json, phone: bob }));
	return (await run({ operation, credentials, fields, options, items })).items;
}

async function asked(operation: string): Promise<Items> {
	const calls = [
		...(await call([ann, bob])).items,
		...(await call([bob], { options: NIGHT })).items,
	];
	return (await run({ operation, items: calls.map(({ json }) => json) })).items;
}

/** Only some API versions say why, most calls are not handed off, and what is asked for besides can be had. */
const SAID_BY_SOME = [
	...['reason', 'callLogProblem', 'conversationProblem'],
	...['handoffDestination', 'handoffReason'],
	// PolyAI tells less in a list than of one conversation.
	...['summary', 'score', 'tags', 'language', 'variantId', 'environment'],
];

describe.each(operations.map(({ resource, value }) => [resource, value]))(
	'%s: %s',
	(resource, operation) => {
		test('the fields offered before the first run are those that come out', async () => {
			const file = schemaFile('PolyAiOutbound', resource, operation);
			const items = await RUNS[operation]?.();
			expectToFit(file, items ?? []);
			const seen = new Set((items ?? []).flatMap(({ json }) => Object.keys(json)));
			const offered = Object.keys(readSchema(file).properties);
			expect(offered.filter((name) => !seen.has(name) && !SAID_BY_SOME.includes(name))).toEqual([]);
		});
	},
);

test('the trigger', async () => {
	const file = schemaFile('PolyAiOutboundTrigger');
	polyAi.set({ outcome: 'never-ends' });
	const { items } = await call([ann, bob]);
	for (const { json } of items) polyAi.finish(String(json.callSid));
	const poller = new Poller({
		node: PolyAiOutboundTrigger,
		credentials: credentialFor(polyAi),
		parameters: {
			source: 'callSids',
			callSids: [...items.map(({ json }) => json.callSid), 'gone'].join(),
		},
	});
	const reported = [...((await poller.poll()) ?? []), ...((await poller.poll()) ?? [])];
	expect(reported.map(({ json }) => json.status)).toEqual(['success', 'success', 'unavailable']);
	expectToFit(file, reported);
});
