import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import type { CallError } from '../../shared/callError';
import { explainRefusal } from '../../shared/callLog/explainRefusal';
import { n8nUrlOf } from '../../shared/callLog/n8nUrl';
import { isRecord } from '../../shared/isRecord';
import { settle } from '../../shared/settle';
import { askToTest } from '../askToTest';

/** Whether the credential finds an n8n with data tables, in words for the person who filled it in. */
export async function testCallLogCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const answer = await settle(async () => {
		return await askToTest(this, `${n8nUrlOf(data)}/api/v1/data-tables?limit=1`, {
			'X-N8N-API-KEY': String(data.apiKey ?? ''),
		});
	});
	if ('error' in answer) return failed(answer.error as CallError);
	const { value } = answer;
	const isList = 'body' in value && isRecord(value.body) && Array.isArray(value.body.data);
	if (isList) return { status: 'OK', message: 'Connection successful' };
	return failed(explainRefusal(value));
}

function failed({ message, details }: CallError): INodeCredentialTestResult {
	const words = [`${message}.`, details.description].filter(Boolean).join(' ');
	return { status: 'Error', message: words };
}
