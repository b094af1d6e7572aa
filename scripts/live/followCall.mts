import type { Sender } from '../../nodes/shared/http/sendWithRetry.ts';
import { isFinal } from '../../nodes/shared/polyai/callStatus.ts';
import {
	fetchRecording,
	getConversation,
} from '../../nodes/shared/polyai/conversations/fetchConversation.ts';
import { getOnce } from '../../nodes/shared/polyai/getWithRetry.ts';
import { readStatusOnce } from '../../nodes/shared/polyai/readStatus.ts';
import type { Clock } from '../../nodes/shared/time/clock.ts';
import { toResult } from '../../nodes/shared/toResult.ts';
import type { Access } from './askForAccess.mts';
import type { Person } from './person.mts';
import { readListAround } from './readList.mts';
import type { Visit } from './visit.mts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** PolyAI asks for a status every 2 to 5 seconds while a call is open (docs/polyai-api.md § 2). */
const WHILE_OPEN_MS = 3 * SECOND;

/** A call that is still open is given up, as the trigger does. */
const LONGEST_CALL_MS = 4 * 60 * MINUTE;

/** A call that was just accepted may not be known yet where its status is read. */
const UNTIL_KNOWN_MS = 2 * MINUTE;

/** Milliseconds after the end at which the call is looked at, to see what comes late … */
const LOOKS_MS = [0, 5, 10, 20, 30, 45, 60, 90, 120, 180, 300].map((seconds) => seconds * SECOND);
/** … and from then on, to see when it is forgotten, until it must be. */
const LATER_LOOKS_MS = 5 * MINUTE;
const LAST_LOOK_MS = 150 * MINUTE;

/** Metrics, summaries and the list are read no longer than this after the end. */
const LATE_DATA_MS = 15 * MINUTE;

/** Documented is 404; the Agents API may answer with another one (docs/polyai-api.md § 1). */
const FORGOTTEN = [400, 403, 404];

export interface Following {
	sender: Sender;
	access: Access;
	person: Person;
	clock: Clock;
	enough: AbortSignal;
	visit: Visit;
	/** To be called whenever there is something new to report. */
	keep: () => void;
}

/** Reads a call until PolyAI has forgotten it, or the person has had enough. */
export async function followCall(following: Following, callSid: string): Promise<void> {
	const { visit, person } = following;
	visit.callSid = callSid;
	await followToItsEnd(following, callSid);
	if (!visit.end) return;
	person.tell(`  The call has ended: ${visit.end.status}.`);
	person.tell('  Press Ctrl+C whenever you have seen enough; in about two hours it is forgotten.');
	await followUntilForgotten(following, callSid, visit.end.at);
}

async function followToItsEnd(
	{ sender, access, person, clock, enough, visit, keep }: Following,
	callSid: string,
): Promise<void> {
	const start = clock.now();
	let last: string | undefined;
	while (!enough.aborted && clock.now() < start + LONGEST_CALL_MS) {
		const look = await readStatusOnce(sender, access.account, refTo(callSid, access));
		if ('state' in look) {
			const { status } = look.state;
			if (isFinal(status)) {
				visit.end = { status, at: clock.now() };
				return;
			}
			if (status !== last) {
				person.tell(`  ${status}`);
				keep();
			}
			last = status;
		} else if (!look.mayPass && clock.now() > start + UNTIL_KNOWN_MS) {
			person.tell(`  ${look.error.inWords}`);
			return;
		}
		await clock.sleep(WHILE_OPEN_MS, enough);
	}
}

async function followUntilForgotten(
	following: Following,
	callSid: string,
	endedAt: number,
): Promise<void> {
	const { sender, access, person, clock, enough, visit, keep } = following;
	for (const after of looks()) {
		await clock.sleep(endedAt + after - clock.now(), enough);
		if (enough.aborted) return;
		if (after <= LATE_DATA_MS) await readWhatWasSaid(following, callSid);
		const look = await readStatusOnce(sender, access.account, refTo(callSid, access));
		keep();
		if (enough.aborted) return;
		if ('state' in look || !FORGOTTEN.includes(look.error.details.httpStatus ?? 0)) continue;
		visit.forgottenAt = clock.now();
		person.tell(`  PolyAI has forgotten the call after ${Math.round(after / MINUTE)} minutes.`);
		return;
	}
}

function* looks(): Generator<number> {
	yield* LOOKS_MS;
	for (let after = LATER_LOOKS_MS * 2; after <= LAST_LOOK_MS; after += LATER_LOOKS_MS) yield after;
}

/** The conversation, its recording, and the list: any of them may be late. */
async function readWhatWasSaid(
	{ sender, access, visit }: Following,
	callSid: string,
): Promise<void> {
	const { account } = access;
	const { agent } = account;
	if (!agent) return;
	await getConversation(getOnce, sender, { ...account, agent }, callSid);
	const isHeard = visit.exchanges.some(({ answer }) => Buffer.isBuffer(answer?.body));
	if (!isHeard) {
		await toResult(async () => {
			return await fetchRecording(sender, { ...account, agent }, callSid, 'combined');
		});
	}
	await readListAround(sender, access, visit.startedAt);
}

function refTo(callSid: string, { environment, account }: Access) {
	return { callSid, ...(account.agent && { environment }) };
}
