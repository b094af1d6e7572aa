import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import {
	agentsCredentialFor,
	call,
	credentialFor,
	dialed,
	errorOf,
	polyAi,
} from '../support/engine/polyAi.mts';
import { runNode } from '../support/engine/runNode.mts';

const ANN = '+442079460018';
const AGENTS = { authentication: 'agentsApi' };

/** As a person has it who moves from the one to the other. */
const both = () => ({ ...credentialFor(polyAi), ...agentsCredentialFor(polyAi) });

beforeEach(() => polyAi.set({ versions: ['g1', 'g3'] }));

test('the API key places the call with the Agents API, and the token is not sent', async () => {
	await call([ANN], { credentials: both(), fields: AGENTS });

	expect(dialed()).toEqual([ANN]);
	const { path, headers } = polyAi.journal.requests[0]!;
	expect(path).toBe('/v1/agents/PROJECT-SIMULATOR/telephony/outbound-calls');
	expect(headers['x-api-key']).toBe(polyAi.apiKey);
	expect(headers['x-polyai-auth-token']).toBeUndefined();
});

test('the token places it as before, and the API key is not sent', async () => {
	await call([ANN], { credentials: both(), fields: { authentication: 'apiToken' } });

	const { path, headers } = polyAi.journal.requests[0]!;
	expect(path).toBe('/v1/outbound-calling/trigger');
	expect(headers['x-polyai-auth-token']).toBe(polyAi.token);
	expect(headers['x-api-key']).toBeUndefined();
});

test('an authentication that a pasted workflow made up is named, and nobody is called', async () => {
	const { error } = await call([ANN], { fields: { authentication: 'oAuth2' } });
	expect(error?.message).toBe('This authentication does not exist');
	expect(dialed()).toEqual([]);
});

test('a workflow from before there was a choice goes on with its token', async () => {
	const { error } = await runNode({
		node: PolyAiOutbound,
		parameters: { resource: 'call', operation: 'trigger', phoneNumber: ANN, options: {} },
		credentials: credentialFor(polyAi),
		items: [{}],
	});

	expect(error).toBeUndefined();
	expect(dialed()).toEqual([ANN]);
});

test('an agent ID that was left empty is said before anything is sent', async () => {
	const credentials = agentsCredentialFor(polyAi, { agentId: ' ' });
	const { items } = await call([ANN], {
		credentials,
		fields: AGENTS,
		onError: 'continueRegularOutput',
	});

	expect(errorOf(items[0]!)).toMatchObject({
		code: 'badRequest',
		message: 'The agent ID in the PolyAI Agents API credential cannot be used',
	});
	expect(polyAi.journal.requests).toEqual([]);
});

test.each([
	['the API key is wrong', { apiKey: 'wrong' }, 'unauthorized', 'PolyAI refused the API key'],
	[
		'the agent is unknown',
		{ agentId: 'PROJECT-2' },
		'notFound',
		'PolyAI has no outbound calling for this agent and environment',
	],
])('when %s, it is said what to check', async (_what, filledIn, code, message) => {
	const { items } = await call([ANN], {
		credentials: agentsCredentialFor(polyAi, filledIn),
		fields: AGENTS,
		onError: 'continueRegularOutput',
	});

	const error = errorOf(items[0]!);
	expect(error.code).toBe(code);
	expect(error.message).toContain(message);
	expect(error.description).toMatch(/^No call was placed\. .*(agent|API key)/);
	expect(polyAi.journal.counts.dials).toBe(0);
});

describe('a pinned trigger path', () => {
	const LEGACY = '/v1/outbound-calling';
	const BASE = '/v1/outbound-calling/trigger';
	const calling = async (triggerPath: string) =>
		await call([ANN], {
			credentials: credentialFor(polyAi, { triggerPath }),
			onError: 'continueRegularOutput',
		});
	const paths = () => polyAi.journal.requests.map(({ path }) => path);

	test.each([
		[BASE, 'g1'],
		[LEGACY, 'g2'],
	] as const)('%s is asked at once', async (path, version) => {
		polyAi.set({ versions: [version] });
		await calling(path);

		expect(paths()).toEqual([path]);
		expect(dialed()).toEqual([ANN]);
	});

	test.each([
		[BASE, 'g2', 404],
		[BASE, 'g2', 403],
		[LEGACY, 'g1', 405],
	] as const)(
		'%s is the only one that is asked, although PolyAI answers at another',
		async (path, version, unknownPath) => {
			polyAi.set({ versions: [version], unknownPath });
			const { items } = await calling(path);

			expect(errorOf(items[0]!).description).toMatch(/^No call was placed\./);
			expect(paths()).toEqual([path]);
		},
	);

	test('that does not exist is refused before anything is sent', async () => {
		const { items } = await calling('/v9/calls');

		expect(errorOf(items[0]!).message).toContain('trigger path');
		expect(paths()).toEqual([]);
	});
});
