import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { CallError } from '../shared/callError';
import { noAnswerFrom } from '../shared/http/noAnswer';
import { NoAnswer, type HttpAnswer } from '../shared/http/transport';
import { baseUrlOf } from '../shared/polyai/baseUrl';
import { explainAnswer, explainNoAnswer } from '../shared/polyai/explain';
import { baseDesign } from '../shared/polyai/generations/baseDesign';
import { correlationIdOf, polyAiMessage } from '../shared/polyai/errorAnswer';
import { isRecord } from '../shared/isRecord';

/** A call that nobody placed: asking for it proves the token, and rings nobody. */
const NOBODYS_CALL = '00000000-0000-4000-8000-000000000000';

const TIMEOUT_MS = 10_000;

const TOO_SLOW =
	'PolyAI did not answer within 10 seconds. Check the region or the base URL, or try again later.';

/**
 * Whether the credential works, in words for the person who filled it in. It asks for the status
 * of a call that does not exist: PolyAI answers "not found" only to a token that it accepts.
 */
export async function testPolyAiCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const baseUrl = baseUrlOf(data);
		const token = String(data.token ?? '');
		if (token.trim() === '') return failed('The token is empty. Paste the one that PolyAI issued.');
		return judge(await ask(this, baseUrl + baseDesign.statusPath(NOBODYS_CALL), token));
	} catch (error) {
		return failed(wordsFor(error));
	}
}

/** The one request that n8n lets a credential test make; it follows no redirect with the token. */
async function ask(
	{ helpers }: ICredentialTestFunctions,
	uri: string,
	token: string,
): Promise<HttpAnswer> {
	const answer = await helpers.request({
		method: 'GET',
		uri,
		headers: { 'X-PolyAi-Auth-Token': token },
		json: true,
		simple: false,
		resolveWithFullResponse: true,
		followRedirect: false,
		timeout: TIMEOUT_MS,
	});
	const { statusCode, headers, body } = answer as IDataObject;
	return { status: Number(statusCode), headers: headers as HttpAnswer['headers'], body };
}

function judge(answer: HttpAnswer): INodeCredentialTestResult {
	const { status } = answer;
	if (status === 401 || (status === 403 && isPolyAi(answer))) {
		return failed(wordsFor(explainAnswer(answer)));
	}
	if (status === 429 || status >= 500) {
		const { message } = explainAnswer(answer);
		return failed(`${message}. The token could not be checked: try again in a minute.`);
	}
	if (isPolyAi(answer) && [200, 400, 404].includes(status)) {
		return { status: 'OK', message: 'Connection successful' };
	}
	return failed(
		'The address answers, but not as PolyAI does. Check the region or the base URL, and whether outbound calling is set up for your project.',
	);
}

/** Told by PolyAI's own header, or by error bodies that a web server does not send. */
function isPolyAi(answer: HttpAnswer): boolean {
	if (answer.headers['x-polyai-correlation-id'] || correlationIdOf(answer)) return true;
	if (!isRecord(answer.body) || polyAiMessage(answer.body) === undefined) return false;
	const { error, error_message: message, code, errors } = answer.body;
	return isRecord(error) || [message, code, errors].some((part) => part !== undefined);
}

function wordsFor(error: unknown): string {
	const reason = error instanceof CallError ? error : noAnswerFrom(error);
	if (reason instanceof NoAnswer && reason.why === 'timeout') return TOO_SLOW;
	const { message, details } = reason instanceof NoAnswer ? explainNoAnswer(reason) : reason;
	if (details.description?.startsWith(message)) return details.description;
	return [`${message}.`, details.description].filter(Boolean).join(' ');
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}
