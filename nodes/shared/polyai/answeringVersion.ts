import type { Account } from './account';
import type { ApiVersion } from './versions/apiVersion';

/** Which API version last accepted a call, by base URL; it saves a refused request per call. */
const answering = new Map<string, ApiVersion>();

/** The API versions of an account, the one that accepted the last call first. */
export function versionsToTry({ baseUrl, versions }: Account): readonly ApiVersion[] {
	const known = answering.get(baseUrl);
	if (!known || !versions.includes(known)) return versions;
	return [known, ...versions.filter((version) => version !== known)];
}

export function rememberVersion(baseUrl: string, version: ApiVersion): void {
	answering.set(baseUrl, version);
}
