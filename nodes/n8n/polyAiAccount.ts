import type { Account } from '../shared/polyai/account';
import { baseUrlOf } from '../shared/polyai/baseUrl';
import { baseDesign } from '../shared/polyai/generations/baseDesign';
import { legacy } from '../shared/polyai/generations/legacy';
import type { NodeContext } from './context';

export const POLYAI_CREDENTIAL = 'polyAiApi';

/**
 * Whom the node's credential speaks for.
 *
 * @throws CallError `badRequest` when its base URL cannot be used
 */
export async function polyAiAccount(context: NodeContext): Promise<Account> {
	const credential = await context.getCredentials(POLYAI_CREDENTIAL);
	return { baseUrl: baseUrlOf(credential), generations: [baseDesign, legacy] };
}
