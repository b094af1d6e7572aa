import { isLimit } from '../http/sendWithRetry';
import type { StatusResult } from './readStatus';

/** Whether a failure isn't about this one call: a refused token, or a 429. */
export function concernsAll(look: StatusResult): boolean {
	return isTokenRefused(look) || ('error' in look && !!look.result && isLimit(look.result));
}

export function isTokenRefused(look: StatusResult): boolean {
	return 'error' in look && look.error.code === 'unauthorized' && !isForbidden(look);
}

/**
 * A refusal of this one call, or of a credential that can't read any (docs/polyai-api.md § 1, G3).
 */
export function isForbidden(look: StatusResult): boolean {
	return 'error' in look && look.error.details.httpStatus === 403;
}
