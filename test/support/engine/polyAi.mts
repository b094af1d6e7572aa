import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';

import { wallClock } from '../../../nodes/n8n/wallClock.ts';
import { PolyAiOutbound } from '../../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { countAsReachable } from '../../../nodes/shared/polyai/reachability.ts';
import { loginFor } from '../n8n/login.mts';
import { startSimulator, type Simulator } from '../../simulator/server.mts';
import type { Spoken } from '../unit/simulator/polyAiClient.mts';
import type { CredentialData } from './credentialsHelper.mts';
import { expectToFit, schemaFile } from './outputSchema.mts';
import { runNode, type NodeRun, type NodeRunResult } from './runNode.mts';

/** A busy machine may be slow, but nothing here depends on how long anything takes. */
jest.setTimeout(30_000);

/** The PolyAI of a test file that imports it; it's reset before every test. */
export let polyAi: Simulator;

beforeAll(async () => {
	const clock = { now: () => wallClock.now() };
	const sleep = async (ms: number) => await wallClock.sleep(ms);
	polyAi = await startSimulator({ clock, sleep, magicNumbers: false });
});

beforeEach(() => {
	polyAi.reset();
	// The request before a process's first call has a test of its own.
	countAsReachable(polyAi.url);
});

afterAll(async () => await polyAi.close());

type LoginSource = Parameters<typeof loginFor>[1];

/** What is filled in for the simulator as PolyAI; `token` as a person may have got it wrong. */
export function credentialFor(
	simulator: LoginSource,
	filledIn: ICredentialDataDecryptedObject = {},
): CredentialData {
	const { credentialType, data } = loginFor('g1', simulator);
	return { [credentialType]: { ...data, ...filledIn } };
}

/** The same for the Agents API, which the simulator has to be set to speak. */
export function agentsCredentialFor(
	simulator: LoginSource,
	filledIn: ICredentialDataDecryptedObject = {},
): CredentialData {
	const { credentialType, data } = loginFor('g3', simulator);
	return { [credentialType]: { ...data, ...filledIn } };
}

/** From now on, PolyAI supports only this API version; returns what a person fills in for it. */
export function speaking(
	version: Spoken,
	simulator: Simulator = polyAi,
): { credentials: CredentialData; fields: { authentication: string } } {
	simulator.set({ versions: [version] });
	const { authentication, credentialType, data } = loginFor(version, simulator);
	return { credentials: { [credentialType]: data }, fields: { authentication } };
}

export interface Run extends Partial<Omit<NodeRun, 'items' | 'parameters'>> {
	/** Default `trigger`. */
	operation?: string;
	options?: INodeParameters;
	/** Other fields of the node, or other values for them. */
	fields?: INodeParameters;
	items?: IDataObject[];
}

/** What a person has filled in: the number comes from the column `phone`, the SID from `callSid`. */
export function parametersFor({ operation = 'trigger', options, fields }: Run): INodeParameters {
	const isAboutACall = operation === 'getStatus' || operation === 'waitForResult';
	const own: INodeParameters = isAboutACall
		? { callSid: '={{ $json.callSid }}' }
		: { phoneNumber: '={{ $json.phone }}', defaultCountry: 'GB' };
	const resource = operation === 'validate' ? 'phoneNumber' : 'call';
	return { resource, operation, ...own, options: options ?? {}, ...fields };
}

/** Runs the action node in the engine; the output must be what the editor announces. */
export async function run(given: Run): Promise<NodeRunResult> {
	const { operation: _o, options: _p, fields: _f, ...rest } = given;
	const parameters = parametersFor(given);
	const result = await runNode({
		node: PolyAiOutbound,
		parameters,
		credentials: credentialFor(polyAi),
		waitBetweenTries: 0,
		...rest,
	});
	const { resource, operation } = parameters;
	const file = schemaFile('PolyAiOutbound', String(resource), String(operation));
	expectToFit(file, result.items, columnsThatComeOut(given));
	return result;
}

/** Of the input; a skipped item is passed on unchanged. */
function columnsThatComeOut({ items = [], options }: Run): string[] {
	const kept = items.filter(({ status }) => options?.includeInputFields || status === 'skipped');
	return kept.flatMap((item) => Object.keys(item));
}

/** Runs it with one item for every number. */
export async function call(phones: unknown[], given: Run = {}): Promise<NodeRunResult> {
	return await run({ ...given, items: phones.map((phone) => ({ phone }) as IDataObject) });
}

/** This many different numbers; up to 900. */
export function numbers(count: number): string[] {
	return Array.from({ length: count }, (_, index) => `+442079460${100 + index}`);
}

export interface ShownError {
	message: string;
	code: string;
	description?: string;
	phoneNumber?: string;
	callSid?: string;
	correlationId?: string;
}

/** The error of an item, which must be its only field. */
export function errorOf({ json }: { json: IDataObject }): ShownError {
	expect(Object.keys(json)).toEqual(['error']);
	return json.error as unknown as ShownError;
}

/** The call SIDs of all items, in their order. */
export function sidsOf(items: Array<{ json: IDataObject }>): unknown[] {
	return items.map(({ json }) => json.callSid);
}

/** No one was called more than once. */
export function expectNobodyRungTwice(): void {
	expect(polyAi.journal.counts.numbersDialedTwice).toBe(0);
}

/** The numbers that were called, in order. */
export function dialed(): string[] {
	return polyAi.journal.dials.map(({ number }) => number);
}
