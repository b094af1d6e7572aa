export interface HttpRequest {
	method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
	url: string;
	body?: object;
	/** The answer is a file: its body comes as a Buffer, unless it is an error. */
	binary?: boolean;
	/** Milliseconds until the request is given up. */
	timeoutMs: number;
}

export interface HttpAnswer {
	status: number;
	/** Header names in lower case. */
	headers: Record<string, string | undefined>;
	/** Parsed JSON where the body is JSON, the text otherwise. */
	body: unknown;
}

/**
 * Sends one request once, without following redirects, and resolves with any answer, whatever its
 * status. Rejects with a `NoAnswer` if there was none.
 */
export type SendHttp = (request: HttpRequest) => Promise<HttpAnswer>;

/** No answer arrived. `sent` is false only if the request certainly never left this machine. */
export class NoAnswer extends Error {
	override readonly name = 'NoAnswer';

	constructor(
		readonly sent: boolean,
		readonly why: 'timeout' | 'reset' | 'refused' | 'nameNotFound' | 'tls' | 'network' | 'stopped',
	) {
		super(`No answer: ${why}`);
	}
}
