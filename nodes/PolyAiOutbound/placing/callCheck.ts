import type { RememberedCall } from '../run/placedCalls';
import type { Skipped } from './placement';

/**
 * Keeps a call back that is not to be placed after all; asked when it is about to be sent.
 *
 * @throws CallError when nobody can tell: the call must not be sent
 */
export type CallCheck = (call: RememberedCall) => Promise<Skipped | undefined>;
