import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { badRequest } from '../shared/errors/badRequest';
import type { CallError } from '../shared/errors/callError';
import { notFound } from '../shared/errors/notFound';
import { rateLimited } from '../shared/errors/rateLimited';
import { serverError } from '../shared/errors/serverError';
import { unreachable } from '../shared/errors/unreachable';
import { NoAnswer, type HttpAnswer } from '../shared/http/transport';
import { explainAnswer, explainNoAnswer } from '../shared/polyai/explain';
import type { ApiVersion } from '../shared/polyai/versions/apiVersion';
import { correlationIdOf, polyAiMessage } from '../shared/polyai/errorAnswer';
import { PROBE_CALL } from '../shared/polyai/probeCall';
import { isRecord } from '../shared/isRecord';
import { credentialKinds, type CredentialKind } from './credentialKinds';
import { askToTest, testResult } from './credentialTest';

/**
 * Says whether the credential works. It asks for the status of a call that doesn't exist: PolyAI
 * only answers "not found" to a token or key that it accepts.
 */
export async function testPolyAiCredential(
	this: ICredentialTestFunctions,
	{ type, data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const kind = credentialKinds.find((one) => one.type === type) ?? credentialKinds[0];
	return await testResult(async () => await test(this, kind, data));
}

/** @throws CallError when the credential doesn't work, or no one can tell */
async function test(
	context: ICredentialTestFunctions,
	kind: CredentialKind,
	data: ICredentialDataDecryptedObject,
): Promise<void> {
	const { field, name, header } = kind.secret;
	const { baseUrl, versions } = kind.accountOf(data);
	const secret = String(data[field] ?? '');
	if (secret.trim() === '') throw badRequest.noSecret({ secret: name });
	const url = baseUrl + versions[0].statusPath({ callSid: PROBE_CALL });
	const answer = await askToTest(context, url, { [header]: secret });
	const refusal = refusalIn(answer, versions[0], name);
	if (refusal) throw refusal;
}

function refusalIn(
	answer: HttpAnswer | NoAnswer,
	version: ApiVersion,
	secret: string,
): CallError | undefined {
	if (answer instanceof NoAnswer) {
		return answer.why === 'timeout' ? unreachable.slowTest() : explainNoAnswer(answer);
	}
	const { status } = answer;
	if (status === 401 || (status === 403 && isPolyAi(answer))) return explainAnswer(answer, version);
	if (status === 429 || status >= 500) {
		const explain = status === 429 ? rateLimited.atCredentialTest : serverError.atCredentialTest;
		return explain({ secret, said: polyAiMessage(answer.body) });
	}
	if (!isPolyAi(answer) || ![200, 400, 404].includes(status)) return unreachable.notPolyAi();
	return status === 404 && isAboutTheAgent(answer) ? notFound.agent() : undefined;
}

/** Recognized by PolyAI's own header, or by error bodies that a web server doesn't send. */
function isPolyAi(answer: HttpAnswer): boolean {
	if (answer.headers['x-polyai-correlation-id'] || correlationIdOf(answer)) return true;
	if (!isRecord(answer.body) || polyAiMessage(answer.body) === undefined) return false;
	const { error, error_message: message, code, errors } = answer.body;
	return isRecord(error) || [message, code, errors].some((part) => part !== undefined);
}

/** Otherwise it's the call that wasn't found, as intended. */
function isAboutTheAgent({ body }: HttpAnswer): boolean {
	const said = polyAiMessage(body) ?? '';
	return /\b(agent|project)/i.test(said) && !/\bcall/i.test(said);
}
