import type { RequestSeen } from '../faults/fault.mts';
import { toE164 } from '../generations/checks.mts';
import type { Generation } from '../generations/generation.mts';
import type { JournalEntry } from '../journal.mts';
import type { World } from '../world.mts';
import type { WireRequest } from './readRequest.mts';
import { chooseRoute, routesFor, type Route } from './route.mts';

export interface Observed {
	/** Undefined when the path is not served at present. */
	route?: Route;
	/** Whose path it is, served or not. */
	generation?: Generation;
	entry: JournalEntry;
	seen: RequestSeen;
}

/** What can be told of a request before it is carried out. */
export function observe(request: WireRequest, { calls, settings, clock }: World): Observed {
	const path = request.path.split('?', 1)[0] ?? '';
	const routes = routesFor(request.method, path);
	const params = routes[0]?.params ?? {};
	const callSid = params.callSid ?? params.conversationId;
	const call = callSid === undefined ? undefined : calls.find(callSid);
	const route = chooseRoute(routes, settings.generations, call?.generation);
	const { operation, generation } = route ?? routes[0] ?? {};
	return {
		route,
		generation,
		entry: {
			...request,
			at: clock.now(),
			operation: operation?.kind,
			generation: generation?.name,
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
