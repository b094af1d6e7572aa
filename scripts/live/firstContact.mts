import { testPolyAiCredential } from '../../nodes/n8n/testPolyAiCredential.ts';
import { CallError } from '../../nodes/shared/errors/callError.ts';
import { RateLimiter } from '../../nodes/shared/http/rateLimiter.ts';
import type { Sender } from '../../nodes/shared/http/sendWithRetry.ts';
import type { SendHttp } from '../../nodes/shared/http/transport.ts';
import { placeCall, type AcceptedCall } from '../../nodes/shared/polyai/placeCall.ts';
import { readStatusOnce } from '../../nodes/shared/polyai/readStatus.ts';
import { listVariants } from '../../nodes/shared/polyai/variants.ts';
import type { Clock } from '../../nodes/shared/time/clock.ts';
import { toResult } from '../../nodes/shared/toResult.ts';
import type { Access } from './askForAccess.mts';
import type { NumberToCall } from './askForNumber.mts';
import { followCall, type Following } from './followCall.mts';
import type { Person } from './person.mts';
import { Recorder } from './recorder.mts';
import { readListAround } from './readList.mts';
import type { Visit } from './visit.mts';

/** What the tool needs from outside. */
export interface Surroundings {
	person: Person;
	clock: Clock;
	/** Sends with the headers of the person's access. */
	http: SendHttp;
	/** The person wants the report now. */
	enough: AbortSignal;
}

/** Milliseconds until a request is given up. */
const TIMEOUT_MS = 30_000;

/** Calls that PolyAI can't know, in both forms that call SIDs have had. */
const UNKNOWN_CALLS = [
	'11111111-1111-4111-8111-111111111111',
	'OUT-11111111-1111-4111-8111-111111111111',
];

/**
 * Gets to know the PolyAI behind this access: reads what there is to read, places the one call if
 * the person confirms it, and follows it.
 */
export async function firstContact(
	access: Access,
	number: NumberToCall,
	{ person, clock, http, enough }: Surroundings,
): Promise<Visit> {
	const recorder = new Recorder(http, clock);
	const sender = senderFor(recorder, clock, enough);
	const visit: Visit = { access, exchanges: recorder.exchanges, startedAt: clock.now() };
	const isConfirmed = await confirm(access, number, person);

	const following: Following = { sender, access, person, clock, enough, visit };
	try {
		await readWithoutACall(following, recorder);
		if ('phoneNumber' in number && isConfirmed) {
			await callOnce(number.phoneNumber, following, recorder);
		} else {
			await readListAround(sender, access, clock.now());
		}
	} catch (error) {
		// What was seen until then is worth a report, most of all if a call is in it.
		visit.brokeOff = error instanceof Error ? error.message : String(error);
		person.tell(`It broke off: ${visit.brokeOff}`);
	}
	return visit;
}

async function readWithoutACall(
	{ visit, access, sender, person }: Following,
	recorder: Recorder,
): Promise<void> {
	const { account, environment } = access;
	person.tell('Reading …');
	visit.credentialTest = await testCredential(access, recorder);
	person.tell(`  credential test: ${visit.credentialTest}`);
	for (const callSid of UNKNOWN_CALLS) {
		await readStatusOnce(sender, account, { callSid, environment });
	}
	const { agent } = account;
	if (agent) await toResult(async () => await listVariants(sender, { ...account, agent }));
}

async function callOnce(
	phoneNumber: string,
	following: Following,
	recorder: Recorder,
): Promise<void> {
	const { visit, person, sender, access } = following;
	visit.phoneNumber = phoneNumber;
	recorder.confirmedNumber = phoneNumber;
	person.tell('Placing the call …');
	const placed = await place(access, phoneNumber, recorder, sender);
	if (placed instanceof CallError) {
		visit.verdict = placed.code;
		person.tell(`  ${placed.inWords}`);
	} else {
		visit.verdict = 'placed';
		person.tell('  PolyAI has accepted it. Your phone will ring.');
		await followCall(following, placed.callSid);
	}
	visit.rang = (await person.ask('Did your phone ring? (yes, no, or how often)')) || 'not answered';
}

async function confirm(access: Access, number: NumberToCall, person: Person): Promise<boolean> {
	const { baseUrl, agent } = access.account;
	person.tell('');
	if ('why' in number) {
		person.tell(`No call will be placed: ${number.why}`);
		person.tell(`This only reads at ${baseUrl}.`);
		return false;
	}
	const caller = agent
		? `agent ${agent.agentId}, environment ${access.environment}`
		: 'the agent of your token';
	person.tell(`At ${baseUrl}, this will`);
	person.tell('  - test your access, and ask for calls that do not exist');
	person.tell(`  - place ONE call to ${number.phoneNumber} by ${caller}`);
	person.tell(
		'  - follow that call until PolyAI forgets it, about two hours after its end, or until',
	);
	person.tell('    you press Ctrl+C: the report is written either way');
	const isConfirmed =
		(await person.ask('Type call to place it; anything else only reads')) === 'call';
	if (!isConfirmed) person.tell('No call will be placed: it was not confirmed.');
	return isConfirmed;
}

function senderFor(recorder: Recorder, clock: Clock, signal: AbortSignal): Sender {
	return {
		send: recorder.send,
		limit: async (task) => await task(),
		clock,
		random: Math.random,
		rateLimiter: new RateLimiter(clock, 0, signal),
		signal,
		timeoutMs: TIMEOUT_MS,
	};
}

/** As a person sees it when they save the credential in n8n. */
async function testCredential({ kind, data }: Access, recorder: Recorder): Promise<string> {
	const request = async ({ uri }: { uri: string }) => {
		const { status, headers, body } = await recorder.send({
			method: 'GET',
			url: uri,
			timeoutMs: TIMEOUT_MS,
		});
		return { statusCode: status, headers, body };
	};
	const context = { helpers: { request } } as unknown as ThisParameterType<
		typeof testPolyAiCredential
	>;
	const { message } = await testPolyAiCredential.call(context, {
		id: '',
		name: '',
		type: kind.type,
		data,
	});
	return message;
}

/** Ctrl+C must not lose the call SID of a request that is on its way: only `placed` ends it. */
async function place(
	{ account, environment }: Access,
	phoneNumber: string,
	{ placed }: Recorder,
	sender: Sender,
): Promise<AcceptedCall | CallError> {
	const call = { phoneNumber, ...(account.agent && { environment }) };
	const result = await toResult(async () => {
		return await placeCall({ ...sender, signal: placed.signal }, account, call, {
			retryServerErrors: false,
		});
	});
	if ('value' in result) return result.value;
	if (result.error instanceof CallError) return result.error;
	return await Promise.reject(result.error);
}
