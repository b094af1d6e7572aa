import { isFinal } from '../calls/call.mts';
import { conversationOf, rowOf } from '../conversations/conversation.mts';
import { listConversations } from '../conversations/listConversations.mts';
import { recordingOf } from '../conversations/recording.mts';
import { checkAgent } from './g3.mts';
import { Refusal, type ApiRequest, type ApiVersion, type PolyAi } from './apiVersion.mts';

const CONVERSATION_PATH = '/v1/agents/{agentId}/conversations/{conversationId}';

/** What happened in the calls: one conversation, its recording, and the list of a project. */
export const conversations: ApiVersion = {
	name: 'conversations',
	keyHeader: 'x-api-key',
	secret: 'apiKey',
	errorShape: 'message',
	operations: [
		{
			kind: 'conversation',
			method: 'GET',
			path: CONVERSATION_PATH,
			answer(request, polyAi) {
				const { calls, settings, clock } = polyAi;
				const { call, state } = findConversation(request, polyAi);
				const { showsConversation } = call.outcome;
				if (isFinal(state) && showsConversation === 'never') throw missing();
				const another = calls.all().find(({ sid }) => sid !== call.sid);
				const shown = showsConversation === 'another' && another ? another : call;
				const body = conversationOf(shown, calls.stateOf(shown), settings, clock.now());
				return { status: 200, body };
			},
		},
		{
			kind: 'recording',
			method: 'GET',
			path: `${CONVERSATION_PATH}/audio`,
			answer(request, polyAi) {
				const { state } = findConversation(request, polyAi);
				if (state.status !== 'success') throw new Refusal(404, 'There is no recording');
				const recording = recordingOf(request.query.get('direction') ?? 'combined');
				return { status: 200, body: recording, headers: { 'content-type': 'audio/wav' } };
			},
		},
		{
			kind: 'list',
			method: 'GET',
			path: '/v3/{accountId}/{projectId}/conversations',
			answer({ params, query }, polyAi) {
				const { settings, clock } = polyAi;
				if (params.accountId !== settings.accountId || params.projectId !== settings.agentId) {
					throw new Refusal(404, 'There is no such project', 'project_id');
				}
				const { page, cursor } = listConversations(polyAi, query);
				const rows = page.map(({ call, state }) => rowOf(call, state, settings, clock.now()));
				return { status: 200, body: { conversations: rows, cursor } };
			},
		},
	],
};

/** A conversation begins when the call leaves the queue, and is kept longer than the status. */
function findConversation(request: ApiRequest, { calls, settings }: PolyAi) {
	checkAgent(request, settings);
	const call = calls.find(request.params.conversationId ?? '');
	const state = call && calls.stateOf(call);
	if (!call || !state || state.status === 'queued') {
		throw missing();
	}
	return { call, state };
}

function missing(): Refusal {
	return new Refusal(404, 'There is no such conversation', 'conversationId');
}
