import type { Account } from '../polyai/account';
import type { Generation } from '../polyai/generations/generation';

/** Which generation last accepted a call, by base URL; it saves a refused request per call. */
const answering = new Map<string, Generation>();

/** The generations of an account, the one that accepted the last call first. */
export function inOrderOfTrial({ baseUrl, generations }: Account): readonly Generation[] {
	const known = answering.get(baseUrl);
	if (!known || !generations.includes(known)) return generations;
	return [known, ...generations.filter((generation) => generation !== known)];
}

export function rememberAnswering(baseUrl: string, generation: Generation): void {
	answering.set(baseUrl, generation);
}
