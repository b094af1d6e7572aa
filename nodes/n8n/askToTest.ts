import type { ICredentialTestFunctions, IDataObject } from 'n8n-workflow';
import { noAnswerFrom } from '../shared/http/noAnswer';
import type { HttpAnswer, NoAnswer } from '../shared/http/transport';

/** People wait for the result of the test. */
const TIMEOUT_MS = 10_000;

/** The one request of a credential's test; it follows no redirect with the secret. */
export async function askToTest(
	{ helpers }: ICredentialTestFunctions,
	uri: string,
	headers: Record<string, string>,
): Promise<HttpAnswer | NoAnswer> {
	const request = {
		method: 'GET',
		uri,
		headers,
		json: true,
		simple: false,
		resolveWithFullResponse: true,
		followRedirect: false,
		timeout: TIMEOUT_MS,
	} as const;
	try {
		const { statusCode, headers: sent, body } = (await helpers.request(request)) as IDataObject;
		return { status: Number(statusCode), headers: sent as HttpAnswer['headers'], body };
	} catch (error) {
		return noAnswerFrom(error);
	}
}
