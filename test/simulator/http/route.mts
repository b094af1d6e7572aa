import { API_VERSIONS } from '../versions/versions.mts';
import type { ApiVersion, VersionName, Operation } from '../versions/apiVersion.mts';

export interface Route {
	version: ApiVersion;
	operation: Operation;
	params: Record<string, string>;
}

interface Template {
	version: ApiVersion;
	operation: Operation;
	segments: string[];
}

const TEMPLATES: Template[] = API_VERSIONS.flatMap((version) =>
	version.operations.map((operation) => ({
		version,
		operation,
		segments: operation.path.split('/'),
	})),
);

/**
 * Every operation of PolyAI at a path, served at present or not. G1 and G2 share a path, so there
 * may be two. Segments are split as they came and decoded afterwards: a SID is data.
 */
export function routesFor(method: string, path: string): Route[] {
	const segments = path.split('/');
	return TEMPLATES.filter(({ operation }) => operation.method === method).flatMap((template) => {
		const params = match(template.segments, segments);
		return params ? [{ ...template, params }] : [];
	});
}

/** The served route; of two, the one of the API version that the call was placed with. */
export function chooseRoute(
	routes: Route[],
	served: VersionName[],
	placedWith: VersionName | undefined,
): Route | undefined {
	const candidates = routes.filter(({ version }) => served.includes(version.name));
	return candidates.find(({ version }) => version.name === placedWith) ?? candidates[0];
}

function match(template: string[], segments: string[]): Record<string, string> | undefined {
	if (template.length !== segments.length) return undefined;
	const params: Record<string, string> = {};
	for (const [i, expected] of template.entries()) {
		const given = segments[i] ?? '';
		const name = /^\{(\w+)\}$/.exec(expected)?.[1];
		if (name) params[name] = decode(given);
		else if (given !== expected) return undefined;
	}
	return params;
}

/** An invalid percent sign is taken literally: no call has such a SID. */
function decode(segment: string): string {
	try {
		return decodeURIComponent(segment);
	} catch {
		return segment;
	}
}
