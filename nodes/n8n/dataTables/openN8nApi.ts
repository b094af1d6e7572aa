import type { N8nApi } from '../../shared/dataTables/n8nApi';
import { n8nUrlOf } from '../../shared/dataTables/n8nUrl';
import { chosenCredential } from '../chosenCredential';
import type { RequestContext } from '../context';
import { openSender } from '../openSender';

export const DATA_TABLES_CREDENTIAL = 'polyAiDataTablesApi';

/** Parallel requests to n8n; it has other work, too. */
const CONCURRENCY = 10;
const TIMEOUT_MS = 10_000;

/**
 * n8n's data tables, through its public API: community nodes have no other way to reach them.
 *
 * @throws CallError `badRequest` if no credential is chosen, or n8n's address can't be used
 */
export async function openN8nApi(context: RequestContext): Promise<N8nApi> {
	const type = DATA_TABLES_CREDENTIAL;
	const data = await chosenCredential(context, type, 'PolyAI Data Tables API');
	const rules = { concurrency: CONCURRENCY, timeoutMs: TIMEOUT_MS };
	return {
		baseUrl: n8nUrlOf(data, context.getInstanceBaseUrl()),
		sender: openSender(context, { type, data }, rules),
	};
}
