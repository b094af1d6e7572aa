import { notFound } from '../../errors/notFound';
import { isRecord } from '../../isRecord';
import type { AgentAccount } from '../account';
import { fitsIntoAPath } from '../versions/pathSegment';
import { getWithRetry, type ReadResult } from '../getWithRetry';
import type { Sender } from '../../http/sendWithRetry';
import { readConversation, type Conversation } from './conversation';
import { conversationPath, OUTBOUND_PREFIX, recordingPath, type Direction } from './wireNames';

/** A call SID from the first API version. */
const BARE_SID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface FoundConversation {
	conversation: Conversation;
	/** As PolyAI sent it. */
	raw: Record<string, unknown>;
}

/**
 * What happened in one call.
 *
 * @throws CallError `notFound` if it has no conversation yet, or none that the project shows
 */
export async function fetchConversation(
	sender: Sender,
	account: AgentAccount,
	callSid: string,
): Promise<FoundConversation> {
	if (!fitsIntoAPath(callSid)) throw notFound.conversation({ callSid });
	return answered(await getConversation(getWithRetry, sender, account, callSid));
}

/**
 * The same without throwing.
 *
 * @param asking how patiently to ask
 * @param callSid one that fits into a path
 */
export async function getConversation(
	get: typeof getWithRetry,
	sender: Sender,
	{ baseUrl, agent, versions: [version] }: AgentAccount,
	callSid: string,
): Promise<ReadResult<FoundConversation>> {
	return await inEitherSpelling(callSid, async (spelling) => {
		return await get(sender, {
			url: baseUrl + conversationPath(agent.agentId, spelling),
			version,
			read: (raw) => readFound(raw, callSid),
			refusals: { 404: (details) => notFound.conversation({ ...details, callSid }) },
		});
	});
}

/**
 * What was said in one call, as a WAV file.
 *
 * @throws CallError `notFound` when there is no recording
 */
export async function fetchRecording(
	sender: Sender,
	{ baseUrl, agent, versions: [version] }: AgentAccount,
	callSid: string,
	direction: Direction,
): Promise<Buffer> {
	if (!fitsIntoAPath(callSid)) throw notFound.recording({ callSid });
	const reply = await inEitherSpelling(callSid, async (spelling) => {
		return await getWithRetry(sender, {
			url: baseUrl + recordingPath(agent.agentId, spelling, direction),
			version,
			binary: true,
			read: (body) => (Buffer.isBuffer(body) && isSound(body) ? body : undefined),
			refusals: { 404: (details) => notFound.recording({ ...details, callSid }) },
		});
	});
	return answered(reply);
}

function answered<Value>(reply: ReadResult<Value>): Value {
	if ('error' in reply) throw reply.error;
	return reply.value;
}

/** The call keeps the SID that the user has for it. An answer about another call doesn't count. */
function readFound(raw: unknown, callSid: string): FoundConversation | undefined {
	const conversation = readConversation(raw);
	if (!conversation || !isRecord(raw) || !isSameCall(conversation.callSid, callSid))
		return undefined;
	return { conversation: { ...conversation, callSid }, raw };
}

function isSameCall(one: string, other: string): boolean {
	const [bare, otherBare] = [one, other].map((sid) => {
		return sid.trim().replace(OUTBOUND_PREFIX, '').toLowerCase();
	});
	return bare === otherBare;
}

/** A call placed with a token may be known without the prefix (docs/polyai-api.md § 1). */
async function inEitherSpelling<Value>(
	callSid: string,
	look: (spelling: string) => Promise<ReadResult<Value>>,
): Promise<ReadResult<Value>> {
	const reply = await look(callSid);
	if (!BARE_SID.test(callSid) || !('error' in reply) || reply.error.code !== 'notFound')
		return reply;
	const other = await look(OUTBOUND_PREFIX + callSid);
	return 'value' in other ? other : reply;
}

/** A gateway's page, or JSON, isn't a recording, whatever the status says. */
function isSound(file: Buffer): boolean {
	return file.length > 0 && !/^\s*[<{]/.test(file.subarray(0, 20).toString('latin1'));
}
