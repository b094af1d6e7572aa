import pLimit from 'p-limit';
import { LogTable } from '../../shared/callLog/logTable';
import { findTable, type TableChoice } from '../../shared/callLog/logTables';
import type { N8nApi } from '../../shared/callLog/n8nApi';
import { n8nUrlOf } from '../../shared/callLog/n8nUrl';
import { isRecord } from '../../shared/isRecord';
import { Gate } from '../../shared/sending/gate';
import { textOf } from '../../shared/textOf';
import type { NodeContext, RequestContext } from '../context';
import { httpTransport } from '../httpTransport';
import { wallClock } from '../wallClock';

export const CALL_LOG_CREDENTIAL = 'polyAiCallLogApi';

/** Requests to n8n in flight at once: it has other work, too. */
const CONCURRENCY = 10;
const TIMEOUT_MS = 10_000;

/** @throws CallError `badRequest` when the credential's base URL cannot be used */
export async function openN8nApi(context: RequestContext): Promise<N8nApi> {
	const credential = await context.getCredentials(CALL_LOG_CREDENTIAL);
	return {
		baseUrl: n8nUrlOf(credential),
		sender: {
			send: httpTransport(context, CALL_LOG_CREDENTIAL, credential),
			limit: pLimit(CONCURRENCY),
			clock: wallClock,
			random: Math.random,
			gate: new Gate(wallClock, 0),
			timeoutMs: TIMEOUT_MS,
		},
	};
}

/**
 * The table of the call log that a person has chosen.
 *
 * @param chosen a resource locator as n8n gives it, or an ID or a name as an expression may give it
 * @throws CallError when it cannot be used
 */
export async function openCallLog(context: NodeContext, chosen: unknown): Promise<LogTable> {
	const api = await openN8nApi(context);
	const { id } = await findTable(api, readChoice(chosen));
	return new LogTable(api, id);
}

function readChoice(chosen: unknown): TableChoice {
	if (!isRecord(chosen) || !('mode' in chosen)) return { mode: 'any', value: textOf(chosen) };
	const mode = chosen.mode === 'name' ? 'name' : 'id';
	return { mode, value: textOf(chosen.value) };
}
