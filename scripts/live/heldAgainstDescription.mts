import {
	differencesFrom,
	type Difference,
} from '../../test/simulator/openapi/validateExchange.mts';
import type { VersionName } from '../../test/simulator/versions/apiVersion.mts';
import { kindOf, type Exchange } from './exchange.mts';

const WORDS: Record<Difference['kind'], string> = {
	new: 'new',
	missing: 'missing',
	other: 'different',
};

/** PolyAI's own answers have it; a refusal may come from a gateway before it. */
const CORRELATION_ID = 'x-polyai-correlation-id';

/**
 * How an exchange differs from the description of its API version, one sentence each; none if it
 * fits. @param all of the same visit: which path took the call says which version a token is for
 */
export function heldAgainstDescription(exchange: Exchange, all: readonly Exchange[]): string[] {
	const { request, answer } = exchange;
	if (!answer) return [];
	const { method, path, body } = request;
	const found = versionsOf(exchange, all).map((version) =>
		differencesFrom(version, method, path, answer.status, body, answer.body),
	);
	const fewest = found.sort((one, other) => one.length - other.length)[0] ?? [];
	const lacksId = answer.status < 300 && !answer.headers[CORRELATION_ID];
	return [
		...fewest.map(({ kind, at, says }) => `${WORDS[kind]}: ${withoutIndexes(at)} (${says})`),
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

function withoutIndexes(at: string): string {
	return at.replace(/\/\d+(?=\/|$)/g, '/*');
}
