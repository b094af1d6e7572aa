import type { RequestSeen } from '../faults/fault.mts';
import { toE164 } from '../versions/checks.mts';
import type { ApiVersion } from '../versions/apiVersion.mts';
import type { JournalEntry } from '../journal.mts';
import type { World } from '../world.mts';
import type { WireRequest } from './readRequest.mts';
import { chooseRoute, routesFor, type Route } from './route.mts';

export interface Observed {
	/** Undefined when the path isn't served at present. */
	route?: Route;
	/** Whose path it is, served or not. */
	version?: ApiVersion;
	entry: JournalEntry;
	seen: RequestSeen;
}

/** What is known about a request before it is carried out. */
export function observe(request: WireRequest, { calls, settings, clock }: World): Observed {
	const path = request.path.split('?', 1)[0] ?? '';
	const routes = routesFor(request.method, path);
	const params = routes[0]?.params ?? {};
	const callSid = params.callSid ?? params.conversationId;
	const call = callSid === undefined ? undefined : calls.find(callSid);
	const route = chooseRoute(routes, settings.versions, call?.version);
	const { operation, version } = route ?? routes[0] ?? {};
	return {
		route,
		version,
		entry: {
			...request,
			at: clock.now(),
			operation: operation?.kind,
			version: version?.name,
			callSid,
			dialed: false,
		},
		seen: {
			operation: operation?.kind,
			method: request.method,
			path,
			number: call?.number ?? numberIn(request.body),
			callSid,
			body: request.body,
		},
	};
}

function numberIn(body: unknown): string | undefined {
	if (typeof body !== 'object' || body === null) return undefined;
	const given = body as Record<string, unknown>;
	return toE164(given.to_number ?? given.toNumber, given.country_code ?? given.countryCode);
}
