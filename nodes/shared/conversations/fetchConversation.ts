import { CallError } from '../callError';
import { isRecord } from '../isRecord';
import type { AgentAccount } from '../polyai/account';
import { fitsIntoAPath } from '../polyai/generations/pathSegment';
import { ask, type Question, type Reply } from '../sending/ask';
import type { Sender } from '../sending/request';
import { readConversation, type Conversation } from './conversation';
import { conversationPath, recordingPath, type Direction } from './wireNames';

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
	account: AgentAccount,
	callSid: string,
): Promise<FoundConversation> {
	if (!fitsIntoAPath(callSid)) throw missingConversation(callSid);
	return answered(await ask(sender, conversationQuestion(account, callSid)));
}

/**
 * What was said in one call, as a WAV file.
 *
 * @throws CallError `notFound` when there is no recording
 */
export async function fetchRecording(
	sender: Sender,
	{ baseUrl, agent, generations: [generation] }: AgentAccount,
	callSid: string,
	direction: Direction,
): Promise<Buffer> {
	if (!fitsIntoAPath(callSid)) throw missingRecording(callSid);
	const reply = await ask(sender, {
		url: baseUrl + recordingPath(agent.agentId, callSid, direction),
		generation,
		binary: true,
		read: (body) => (Buffer.isBuffer(body) && isSound(body) ? body : undefined),
		explainMissing: ({ details }) => missingRecording(callSid, details),
	});
	return answered(reply);
}

function answered<Value>(reply: Reply<Value>): Value {
	if ('error' in reply) throw reply.error;
	return reply.value;
}

/** @param callSid one that fits into a path */
export function conversationQuestion(
	{ baseUrl, agent, generations: [generation] }: AgentAccount,
	callSid: string,
): Question<FoundConversation> {
	return {
		url: baseUrl + conversationPath(agent.agentId, callSid),
		generation,
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
