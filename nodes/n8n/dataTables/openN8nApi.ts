import pLimit from 'p-limit';
import type { N8nApi } from '../../shared/dataTables/n8nApi';
import { n8nUrlOf } from '../../shared/dataTables/n8nUrl';
import { RateLimiter } from '../../shared/http/rateLimiter';
import { chosenCredential } from '../chosenCredential';
import type { RequestContext } from '../context';
import { httpTransport } from '../httpTransport';
import { wallClock } from '../wallClock';

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
	const credential = await chosenCredential(
		context,
		DATA_TABLES_CREDENTIAL,
		'PolyAI Data Tables API',
	);
	return {
		baseUrl: n8nUrlOf(credential, context.getInstanceBaseUrl()),
		sender: {
			send: httpTransport(context, DATA_TABLES_CREDENTIAL, credential),
			limit: pLimit(CONCURRENCY),
			clock: wallClock,
			random: Math.random,
			rateLimiter: new RateLimiter(wallClock, 0),
			timeoutMs: TIMEOUT_MS,
		},
	};
}
