import type {
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import type { CallError } from '../shared/errors/callError';
import { noAnswerFrom } from '../shared/http/noAnswer';
import type { HttpAnswer, NoAnswer } from '../shared/http/transport';
import { toResult } from '../shared/toResult';

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

/**
 * The result of a credential's test, in words.
 *
 * @param test throws a CallError when the credential doesn't work
 */
export async function testResult(test: () => Promise<void>): Promise<INodeCredentialTestResult> {
	const tested = await toResult(test);
	if (!('error' in tested)) return { status: 'OK', message: 'Connection successful' };
	return { status: 'Error', message: (tested.error as CallError).inWords };
}
