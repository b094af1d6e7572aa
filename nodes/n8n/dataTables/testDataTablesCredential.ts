import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { explainRefusal, keyTooWeak, type Right } from '../../shared/dataTables/explainRefusal';
import { n8nUrlOf } from '../../shared/dataTables/n8nUrl';
import { isRecord } from '../../shared/isRecord';
import type { HttpResult } from '../../shared/http/sendWithRetry';
import { askToTest, testResult } from '../credentialTest';

/** What the nodes need from n8n in any case. */
const NEEDED: Right[] = [
	'dataTable:list',
	'dataTable:create',
	'dataTableRow:read',
	'dataTableRow:create',
	'dataTableRow:update',
];

/** Says whether n8n can reach itself with this credential and use its data tables. */
export async function testDataTablesCredential(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	return await testResult(async () => {
		const baseUrl = n8nUrlOf(data, ownUrlOf(data.resumeUrl));
		const ask = async (path: string): Promise<HttpResult> => {
			return await askToTest(this, `${baseUrl}/api/v1${path}`, {
				'X-N8N-API-KEY': String(data.apiKey ?? ''),
			});
		};
		// Since 2.14, n8n shows what a key may do.
		const scopes = scopesIn(await ask('/discover'));
		const missing = scopes && NEEDED.filter((right) => !scopes.includes(right));
		if (missing && missing.length > 0) throw keyTooWeak(missing);
		const list = await ask('/data-tables?limit=1');
		if (!isList(list)) throw explainRefusal(list, { baseUrl, right: 'dataTable:list' });
	});
}

/**
 * n8n tells a credential's test nothing about itself, but fills in the URL for resuming a waiting
 * execution: its own address, the path, and the execution.
 */
function ownUrlOf(resumeUrl: unknown): string {
	return String(resumeUrl ?? '').replace(/\/[^/]*\/[^/]*$/, '');
}

function scopesIn(result: HttpResult): unknown[] | undefined {
	const body = 'body' in result && isRecord(result.body) ? result.body.data : undefined;
	return isRecord(body) && Array.isArray(body.scopes) ? body.scopes : undefined;
}

function isList(result: HttpResult): boolean {
	return 'body' in result && isRecord(result.body) && Array.isArray(result.body.data);
}
