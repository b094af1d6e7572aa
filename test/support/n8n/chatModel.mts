import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the model says: the tools to call, all at once, or its final answer. */
export type Turn = Array<{ tool: string; arguments: Record<string, unknown> }> | string;

/** A tool as n8n describes it to the model. */
export interface ToolOffer {
	name: string;
	description: string;
	/** JSON schema */
	parameters: { properties: Record<string, { type: string; description?: string }> };
}

interface Message {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: unknown;
	tool_call_id?: string;
}

interface ChatRequest {
	messages: Message[];
	tools?: Array<{ function: ToolOffer }>;
}

/** A language model whose every answer is scripted. */
export interface ChatModel {
	/** Base URL for n8n's OpenAI credential. */
	url: string;
	/** What it will say, one turn for each request. */
	willSay(...turns: Turn[]): void;
	/** What it has received since then. */
	requests: ChatRequest[];
	/** The tools that it was offered last. */
	tools(): ToolOffer[];
	/** What the tools answered, in the order of the calls. */
	toolAnswers(): string[];
	close(): Promise<void>;
}

/** Speaks as OpenAI's chat completions do, on loopback. */
export async function startChatModel(): Promise<ChatModel> {
	let turns: Turn[] = [];
	let said = 0;
	const server = createServer((request, response) => {
		void answer(request, response);
	});

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		if (request.method === 'GET') {
			return reply(response, 200, {
				object: 'list',
				data: [{ id: 'gpt-5-mini', object: 'model' }],
			});
		}
		model.requests.push(JSON.parse(await textOf(request)) as ChatRequest);
		const turn = turns.shift();
		// 400 and not 500, which n8n would send again.
		if (turn === undefined) {
			return reply(response, 400, { error: { message: 'The script of the model is at its end' } });
		}
		reply(response, 200, completionOf(turn, `${said++}`));
	}

	const model: ChatModel = {
		url: '',
		requests: [],
		willSay(...next) {
			turns = next;
			model.requests = [];
		},
		tools: () => model.requests.at(-1)?.tools?.map((tool) => tool.function) ?? [],
		toolAnswers() {
			const { messages = [] } = model.requests.at(-1) ?? {};
			return messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	model.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
	return model;
}

function completionOf(turn: Turn, id: string): object {
	const calls = typeof turn === 'string' ? undefined : turn;
	const message = {
		role: 'assistant',
		content: calls ? null : turn,
		tool_calls: calls?.map(({ tool, arguments: given }, index) => ({
			id: `call_${id}_${index}`,
			type: 'function',
			function: { name: tool, arguments: JSON.stringify(given) },
		})),
	};
	return {
		id: `chatcmpl-${id}`,
		object: 'chat.completion',
		created: 0,
		model: 'gpt-5-mini',
		choices: [{ index: 0, message, finish_reason: calls ? 'tool_calls' : 'stop' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

async function textOf(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts).toString();
}

function reply(response: ServerResponse, status: number, body: object): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
