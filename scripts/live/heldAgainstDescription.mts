import type { HttpAnswer } from '../../nodes/shared/http/transport.ts';
import { differencesFrom } from '../../test/simulator/openapi/validateExchange.mts';
import type { VersionName } from '../../test/simulator/versions/apiVersion.mts';
import { kindOf, type Exchange } from './exchange.mts';

/** Objects in which each project chooses the names; `values` are those of a variant. */
export const FREE_FORM = ['metrics', 'state', 'values'];
const IN_FREE_FORM = new RegExp(`/(${FREE_FORM.join('|')})/[^:]+`, 'g');

/** PolyAI's own answers have it; a refusal may come from a gateway before it. */
const CORRELATION_ID = 'x-polyai-correlation-id';

/**
 * How an exchange differs from the description of its API version, one sentence each; none if it
 * fits. @param all of the same visit: which path took the call says which version a token is for
 */
export function heldAgainstDescription(exchange: Exchange, all: readonly Exchange[]): string[] {
	const { answer } = exchange;
	if (!answer) return [];
	try {
		return differences(exchange, answer, versionsOf(exchange, all));
	} catch (error) {
		// An exchange is recorded whatever it holds.
		return [`could not be evaluated: ${error instanceof Error ? error.message : String(error)}`];
	}
}

function differences({ request }: Exchange, answer: HttpAnswer, versions: VersionName[]): string[] {
	const { method, path, body } = request;
	const found = versions.map((version) =>
		differencesFrom(version, method, path, answer.status, body, answer.body),
	);
	const fewest = found.sort((one, other) => one.length - other.length)[0] ?? [];
	const lacksId = answer.status < 300 && !answer.headers[CORRELATION_ID];
	return [
		...fewest.map(
			({ kind, at, says }) =>
				`${kind}: ${withoutNames(withoutIndexes(at))} (${withoutNames(withoutIndexes(says))})`,
		),
		...(lacksId ? ['missing: header X-PolyAI-Correlation-Id'] : []),
	].filter((one, index, others) => others.indexOf(one) === index);
}

/** A token may be for either version: the one that took the call, or both while none has. */
function versionsOf({ request }: Exchange, all: readonly Exchange[]): VersionName[] {
	const kind = kindOf(request);
	if (['conversation', 'recording', 'list'].includes(kind)) return ['conversations'];
	if (request.path.startsWith('/v1/agents/')) return ['g3'];
	if (kind === 'call') return [versionOfTrigger(request.path)];
	const taken = all.find(
		(one) => kindOf(one.request) === 'call' && (one.answer?.status ?? 500) < 300,
	);
	return taken ? [versionOfTrigger(taken.request.path)] : ['g1', 'g2'];
}

function versionOfTrigger(path: string): VersionName {
	return path.endsWith('/trigger') ? 'g1' : 'g2';
}

function withoutNames(text: string): string {
	return text.replace(IN_FREE_FORM, '/$1/*');
}

function withoutIndexes(at: string): string {
	return at.replace(/\/\d+(?=[/:]|$)/g, '/*');
}
