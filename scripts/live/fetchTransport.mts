import { noAnswerFrom } from '../../nodes/shared/http/noAnswer.ts';
import { NoAnswer, type SendHttp } from '../../nodes/shared/http/transport.ts';

/** Sends with Node.js alone, and follows no redirect: the secret goes to this server only. */
export function fetchTransport(headers: Record<string, string>): SendHttp {
	return async ({ method, url, body, binary, timeoutMs }) => {
		const response = await fetch(url, {
			method,
			headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
			body: body && JSON.stringify(body),
			redirect: 'manual',
			signal: AbortSignal.timeout(timeoutMs),
		}).catch((error: unknown) => Promise.reject(noAnswerOf(error)));
		const file = await response
			.arrayBuffer()
			.then((bytes) => Buffer.from(bytes))
			.catch((error: unknown) => Promise.reject(noAnswerOf(error)));
		const isFile = binary && response.status < 400;
		return {
			status: response.status,
			headers: Object.fromEntries(response.headers),
			body: isFile ? file : textOrJson(file.toString()),
		};
	};
}

function noAnswerOf(error: unknown): NoAnswer {
	const isLate = error instanceof Error && error.name === 'TimeoutError';
	return isLate ? new NoAnswer(true, 'timeout') : noAnswerFrom(error);
}

function textOrJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
