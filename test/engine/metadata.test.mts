import type { INodeParameters } from 'n8n-workflow';

import type { Spoken } from '../support/unit/simulator/polyAiClient.mts';
import { wrongExchanges } from '../support/unit/simulator/wrongExchanges.mts';
import { call, errorOf, numbers, polyAi, run, speaking } from '../support/engine/polyAi.mts';
import { Poller } from '../support/engine/poller.mts';
import { startProcess } from '../support/engine/process.mts';
import { SavedWorkflow } from '../support/engine/savedWorkflow.mts';

const [ANN] = numbers(1) as [string];

const field = (name: string, value: unknown) => ({ name, value }) as INodeParameters;
const fields = (...given: INodeParameters[]) => ({ metadata: { fields: given } });
const json = (given: string) => ({ metadata: { json: [{ json: given }] } });

afterEach(() => expect(wrongExchanges(polyAi.journal)).toEqual([]));

/** What the voice agent was told in the calls of the run. */
const told = () => polyAi.journal.dials.map(({ metadata }) => metadata);

describe.each<[Spoken, Record<string, string>]>([
	['g2', { 'TLS/SRTP': 'TLS/SRTP', 'UDP/RTP': 'UDP/RTP' }],
	['g3', { 'TLS/SRTP': 'tls_srtp' }],
])('%s', (version, encryptions) => {
	test.each<[string, INodeParameters]>([
		['name by name', fields(field('name', 'Ann'), field('order', '={{ $json.order }}'))],
		['as JSON', json('={"name": "Ann", "order": {{ $json.order }}}')],
		['as an object', json('={{ { name: "Ann", order: $json.order } }}')],
		[
			'both ways',
			{
				metadata: {
					fields: [field('name', 'Ann')],
					json: [{ json: '={{ {order:$json.order} }}' }],
				},
			},
		],
	])('the voice agent is told what the item knows, given %s', async (_how, options) => {
		const speak = speaking(version);
		await run({ ...speak, items: [{ phone: ANN, order: 1234 }], options });

		expect(told()).toEqual([{ name: 'Ann', order: '1234' }]);
	});

	test('every item has its own', async () => {
		const speak = speaking(version);
		const items = numbers(3).map((phone, row) => ({ phone, row }));
		const options = { ...fields(field('row', '={{ $json.row }}')), maxConcurrency: 1 };
		await run({ ...speak, items, options });

		expect(told()).toEqual([{ row: '0' }, { row: '1' }, { row: '2' }]);
	});

	test.each(Object.entries(encryptions))('encryption %s is spelled %s', async (chosen, spelled) => {
		await call([ANN], { ...speaking(version), options: { encryption: chosen } });

		expect(polyAi.journal.requests.at(-1)?.body).toMatchObject({ encryption: spelled });
		expect(told()).toHaveLength(1);
	});

	test('neither is sent unless it was asked for', async () => {
		await call([ANN], { ...speaking(version), options: fields() });

		const { body } = polyAi.journal.requests.at(-1)!;
		expect(body).not.toHaveProperty('metadata');
		expect(body).not.toHaveProperty('encryption');
	});
});

test.each([
	['$now', '={{ $now }}', /^\d{4}-\d\d-\d\dT\d\d:\d\d/],
	['a date', '={{ new Date("2026-11-24T09:00:00Z") }}', /^2026-11-24T09:00:00\.000Z$/],
	['a number', '={{ 12.5 }}', /^12\.5$/],
	['true', '={{ true }}', /^true$/],
])('%s of an expression becomes text', async (_what, value, text) => {
	await call([ANN], { ...speaking('g2'), options: fields(field('value', value)) });

	expect(told()[0]?.value).toMatch(text);
});

describe('nobody is called when', () => {
	test.each<[string, INodeParameters, string]>([
		['a name cannot be used', fields(field('first name', 'Ann')), '“first name” cannot be used'],
		['a value is a list', fields(field('tags', '={{ ["a"] }}')), '“tags” is a list'],
		['the JSON is broken', json('{"name": Ann}'), 'cannot be read as JSON'],
		['it is too large', fields(field('a', 'x'.repeat(30_000))), 'The metadata is too large'],
		['the encryption does not exist', { encryption: 'none' }, "'Encryption' must be one of"],
	])('%s, and it is said', async (_what, options, said) => {
		const { items } = await call([ANN], {
			...speaking('g2'),
			options,
			onError: 'continueRegularOutput',
		});

		const { code, message } = errorOf(items[0]!);
		expect(code).toBe('badRequest');
		expect(message).toContain(said);
		expect(polyAi.journal.requests).toEqual([]);
	});

	test('the Agents API does not offer the encryption', async () => {
		const { items } = await call([ANN], {
			...speaking('g3'),
			options: { encryption: 'UDP/RTP' },
			onError: 'continueRegularOutput',
		});

		expect(errorOf(items[0]!)).toMatchObject({
			code: 'badRequest',
			message: 'PolyAI does not offer the encryption UDP/RTP here',
			description: "Choose another one under 'Encryption': TLS/SRTP.",
		});
		expect(polyAi.journal.requests).toEqual([]);
	});
});

test('the trigger gives back what a call was told, also after n8n was restarted', async () => {
	const n8n = startProcess();
	const savedWorkflow = new SavedWorkflow();
	const { credentials } = speaking('g2');
	polyAi.set({ queuedMs: 0, callingMs: 0 });
	const parameters = { source: 'trackedCalls' };
	const node = n8n.PolyAiOutboundTrigger;
	const poller = new Poller({ node, savedWorkflow, credentials, parameters });
	// As n8n polls when the workflow is published.
	expect(await poller.poll()).toBeNull();
	await call([ANN], {
		node: n8n.PolyAiOutbound,
		mode: 'trigger',
		savedWorkflow,
		credentials,
		options: fields(field('contact', 4711)),
	});
	poller.restart(startProcess().PolyAiOutboundTrigger);

	const [item] = (await poller.poll()) ?? [];
	expect(item?.json).toMatchObject({ status: 'success', metadata: { contact: '4711' } });
});
