import { testPolyAiCredential } from '../../nodes/n8n/testPolyAiCredential.ts';
import { CallError } from '../../nodes/shared/errors/callError.ts';
import { timedOut } from '../../nodes/shared/errors/timedOut.ts';
import { RateLimiter } from '../../nodes/shared/http/rateLimiter.ts';
import type { Sender } from '../../nodes/shared/http/sendWithRetry.ts';
import type { SendHttp } from '../../nodes/shared/http/transport.ts';
import { placeCall, type AcceptedCall } from '../../nodes/shared/polyai/placeCall.ts';
import { readStatusOnce } from '../../nodes/shared/polyai/readStatus.ts';
import { listVariants } from '../../nodes/shared/polyai/variants.ts';
import type { Clock } from '../../nodes/shared/time/clock.ts';
import { toResult } from '../../nodes/shared/toResult.ts';
import type { Access } from './askForAccess.mts';
import { kindOf } from './exchange.mts';
import { followCall, type Following } from './followCall.mts';
import type { Person } from './person.mts';
import { readListAround } from './readList.mts';
import { Recorder } from './recorder.mts';
import type { Visit } from './visit.mts';

/** What the tool needs from outside. */
export interface Surroundings {
	person: Person;
	clock: Clock;
	/** Sends with the headers of the person's access. */
	http: SendHttp;
	/** The person wants the report now. */
	enough: AbortSignal;
	/** Called whenever there is something new to report: whatever happens next, it isn't lost. */
	keep: (visit: Visit) => void;
}

/** Milliseconds until a request is given up. */
const TIMEOUT_MS = 30_000;

/** Calls that PolyAI can't know, in both forms that call SIDs have had. */
const UNKNOWN_CALLS = [
	'11111111-1111-4111-8111-111111111111',
	'OUT-11111111-1111-4111-8111-111111111111',
];

/** PolyAI queues calls: after an unclear answer, a phone may take so long to ring, in milliseconds. */
const UNTIL_IT_RANG_MS = 2 * 60_000;

/**
 * Gets to know the PolyAI behind this access: reads what there is to read, places the one call, and
 * follows it.
 *
 * @param phoneNumber the one that was confirmed; undefined if nobody is called
 */
export async function firstContact(
	access: Access,
	phoneNumber: string | undefined,
	{ person, clock, http, enough, keep }: Surroundings,
): Promise<Visit> {
	const recorder = new Recorder(http, clock, phoneNumber);
	const visit: Visit = { access, exchanges: recorder.exchanges, startedAt: clock.now() };
	const following: Following = {
		...{ sender: senderFor(recorder, clock, enough), access, clock, enough, visit },
		person: withoutSecret(person, access),
		keep: () => keep(visit),
	};
	following.keep();
	try {
		await readWithoutACall(following, recorder);
		if (phoneNumber === undefined) {
			await readListAround(following.sender, access, clock.now());
		} else {
			visit.phoneNumber = phoneNumber;
			await callOnce(phoneNumber, following, recorder);
		}
	} catch (error) {
		// What was seen until then is worth a report, most of all if a call is in it.
		visit.brokeOff = error instanceof Error ? error.message : String(error);
		following.person.tell(`It broke off: ${visit.brokeOff}`);
	}
	following.keep();
	return visit;
}

/** PolyAI may repeat in its messages what it was sent. */
function withoutSecret(person: Person, { kind, data }: Access): Person {
	const secret = data[kind.secret.field] ?? '';
	return { ...person, tell: (line) => person.tell(line.replaceAll(secret, '•••')) };
}

async function readWithoutACall(
	{ visit, access, sender, person, enough }: Following,
	recorder: Recorder,
): Promise<void> {
	const { account, environment } = access;
	person.tell('Reading …');
	visit.credentialTest = await testCredential(access, recorder);
	person.tell(`  credential test: ${visit.credentialTest}`);
	for (const callSid of UNKNOWN_CALLS) {
		if (!enough.aborted) await readStatusOnce(sender, account, { callSid, environment });
	}
	const { agent } = account;
	if (agent) await toResult(async () => await listVariants(sender, { ...account, agent }));
}

async function callOnce(
	phoneNumber: string,
	following: Following,
	recorder: Recorder,
): Promise<void> {
	const { visit, person, clock, enough, keep } = following;
	person.tell('Placing the call …');
	// Until something else is known.
	visit.verdict = 'outcomeUnknown';
	keep();
	const placed = await place(phoneNumber, following, recorder);
	if (!visit.exchanges.some(({ request }) => kindOf(request) === 'call')) {
		visit.verdict = undefined;
		person.tell(`  ${placed instanceof CallError ? placed.inWords : ''}`);
		return;
	}
	if (placed instanceof CallError) {
		visit.verdict = placed.code;
		person.tell(`  ${placed.inWords}`);
	} else {
		visit.verdict = 'placed';
		person.tell(`  PolyAI has accepted it. Your phone will ring. Call SID: ${placed.callSid}`);
		keep();
		await followCall(following, placed.callSid);
	}
	if (!visit.end) {
		person.tell('  PolyAI may still call: in two minutes, you are asked whether it did.');
		await clock.sleep(UNTIL_IT_RANG_MS, enough);
	}
	const rang = await person.ask('How many times did your phone ring? (0, 1, 2 …)');
	visit.rang = [rang || 'not answered', enough.aborted && !visit.end && '(asked early)']
		.filter(Boolean)
		.join(' ');
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

/** Ctrl+C keeps a request from being sent; one that is on its way is waited for, for its call SID. */
async function place(
	phoneNumber: string,
	{ access: { account, environment }, sender, enough }: Following,
	{ placed }: Recorder,
): Promise<AcceptedCall | CallError> {
	const call = { phoneNumber, ...(account.agent && { environment }) };
	const beforeSending = async () => {
		await Promise.resolve();
		if (enough.aborted) throw timedOut.stopped().notPlaced();
	};
	const result = await toResult(async () => {
		return await placeCall({ ...sender, signal: placed.signal }, account, call, {
			retryServerErrors: false,
			beforeSending,
		});
	});
	if ('value' in result) return result.value;
	if (result.error instanceof CallError) return result.error;
	return await Promise.reject(result.error);
}
