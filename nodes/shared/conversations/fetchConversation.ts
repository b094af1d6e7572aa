import { CallError } from '../callError';
import { isRecord } from '../isRecord';
import { fitsIntoPath } from '../polyai/fitsIntoPath';
import { ask, askOnce, type Question, type Reply } from '../sending/ask';
import type { Sender } from '../sending/request';
import { readConversation, type Conversation } from './conversation';
import { conversationPath, recordingPath, type Direction } from './wireNames';

/** Where the conversations of an agent are read. */
export interface AgentAddress {
	/** Without a slash at its end. */
	baseUrl: string;
	agentId: string;
}

export interface FoundConversation {
	conversation: Conversation;
	/** As PolyAI sent it. */
	raw: Record<string, unknown>;
}

/**
 * What happened in one call.
 *
 * @throws CallError `notFound` when it has no conversation yet, or none that the project shows
 */
export async function fetchConversation(
	sender: Sender,
	agent: AgentAddress,
	callSid: string,
): Promise<FoundConversation> {
	if (!fitsIntoPath(callSid)) throw missingConversation(callSid);
	return await ask(sender, conversationQuestion(agent, callSid));
}

/** The same with a single request. */
export async function fetchConversationOnce(
	sender: Sender,
	agent: AgentAddress,
	callSid: string,
): Promise<Reply<FoundConversation>> {
	if (!fitsIntoPath(callSid)) return { error: missingConversation(callSid), mayPass: false };
	return await askOnce(sender, conversationQuestion(agent, callSid));
}

/**
 * What was said in one call, as a WAV file.
 *
 * @throws CallError `notFound` when there is no recording
 */
export async function fetchRecording(
	sender: Sender,
	{ baseUrl, agentId }: AgentAddress,
	callSid: string,
	direction: Direction,
): Promise<Buffer> {
	if (!fitsIntoPath(callSid)) throw missingRecording(callSid);
	return await ask(sender, {
		url: baseUrl + recordingPath(agentId, callSid, direction),
		binary: true,
		read: (body) => (Buffer.isBuffer(body) && isSound(body) ? body : undefined),
		explainMissing: ({ details }) => missingRecording(callSid, details),
	});
}

function conversationQuestion(
	{ baseUrl, agentId }: AgentAddress,
	callSid: string,
): Question<FoundConversation> {
	return {
		url: baseUrl + conversationPath(agentId, callSid),
		read(raw) {
			const conversation = readConversation(raw);
			return conversation && isRecord(raw) ? { conversation, raw } : undefined;
		},
		explainMissing: ({ details }) => missingConversation(callSid, details),
	};
}

/** A page of a gateway, or JSON, is no recording, whatever its status says. */
function isSound(file: Buffer): boolean {
	return file.length > 0 && !/^\s*[<{]/.test(file.subarray(0, 20).toString('latin1'));
}

const LONGEST_QUOTE = 80;

function missingConversation(callSid: string, details: CallError['details'] = {}): CallError {
	const message = `PolyAI has no conversation of the call “${callSid.slice(0, LONGEST_QUOTE)}”`;
	return new CallError('notFound', message, {
		...details,
		callSid,
		description:
			'A conversation begins when the call has left the queue. If the call is older, check its call SID and the agent ID in the credential, and ask PolyAI whether your project shows its conversations.',
	});
}

function missingRecording(callSid: string, details: CallError['details'] = {}): CallError {
	const message = `PolyAI has no recording of the call “${callSid.slice(0, LONGEST_QUOTE)}”`;
	return new CallError('notFound', message, {
		...details,
		callSid,
		description:
			'A call that nobody took has none, and a recording may be ready only some minutes after the end of the call. If others are missing too, check the agent ID in the credential, and ask PolyAI whether your project keeps recordings.',
	});
}
