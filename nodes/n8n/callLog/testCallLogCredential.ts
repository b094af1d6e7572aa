import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import type { CallError } from '../../shared/callError';
import { explainRefusal } from '../../shared/callLog/explainRefusal';
import { n8nUrlOf } from '../../shared/callLog/n8nUrl';
import { noAnswerFrom } from '../../shared/http/noAnswer';
import { isRecord } from '../../shared/isRecord';
import type { Result } from '../../shared/sending/request';
import { settle } from '../../shared/settle';

const TIMEOUT_MS = 10_000;

/** Whether the credential finds an n8n with data tables, in words for the person who filled it in. */
export async function testCallLogCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const answer = await settle(async () => {
		return await ask(this, n8nUrlOf(data), String(data.apiKey ?? ''));
	});
	if ('error' in answer) return failed(answer.error as CallError);
	const { value } = answer;
	const isList = 'body' in value && isRecord(value.body) && Array.isArray(value.body.data);
	if (isList) return { status: 'OK', message: 'Connection successful' };
	return failed(explainRefusal(value));
}

async function ask(
	{ helpers }: ICredentialTestFunctions,
	baseUrl: string,
	apiKey: string,
): Promise<Result> {
	const request = {
		method: 'GET',
		uri: `${baseUrl}/api/v1/data-tables?limit=1`,
		headers: { 'X-N8N-API-KEY': apiKey },
		json: true,
		simple: false,
		resolveWithFullResponse: true,
		followRedirect: false,
		timeout: TIMEOUT_MS,
	} as const;
	try {
		const { statusCode, headers, body } = (await helpers.request(request)) as IDataObject;
		return { status: Number(statusCode), headers: headers as Record<string, string>, body };
	} catch (error) {
		return noAnswerFrom(error);
	}
}

function failed({ message, details }: CallError): INodeCredentialTestResult {
	const words = [`${message}.`, details.description].filter(Boolean).join(' ');
	return { status: 'Error', message: words };
}
