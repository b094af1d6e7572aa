import type { N8nApi } from '../../shared/dataTables/n8nApi';
import { n8nUrlOf } from '../../shared/dataTables/n8nUrl';
import { chosenCredential } from '../chosenCredential';
import type { RequestContext } from '../context';
import { openSender } from '../openSender';

export const DATA_TABLES_CREDENTIAL = 'polyAiDataTablesApi';

/** Requests to n8n in flight at once: it has other work, too. */
const CONCURRENCY = 10;
const TIMEOUT_MS = 10_000;

/**
 * The data tables of n8n, by its public API: a community node has no other way to them.
 *
 * @throws CallError `badRequest` when no credential is chosen, or the address of n8n cannot be used
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
