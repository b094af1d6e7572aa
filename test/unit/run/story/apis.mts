import type { Account } from '../../../../nodes/shared/polyai/account.ts';
import {
	agentsGenerations,
	tokenGenerations,
} from '../../../../nodes/shared/polyai/generations/generations.ts';

const [base, legacy] = tokenGenerations;
const agents = agentsGenerations('PROJECT-1');

/** The paths that an account tries, and those at which PolyAI places calls. */
interface Api {
	generations: Account['generations'];
	servedPaths: string[];
}

/** A pinned path as well, and a PolyAI that answers at both for a time. */
export const APIS = {
	base: { generations: tokenGenerations, servedPaths: [base.triggerPath] },
	legacy: { generations: tokenGenerations, servedPaths: [legacy.triggerPath] },
	both: { generations: tokenGenerations, servedPaths: [base.triggerPath, legacy.triggerPath] },
	pinned: { generations: [legacy], servedPaths: [base.triggerPath, legacy.triggerPath] },
	agents: { generations: agents, servedPaths: [agents[0].triggerPath] },
} satisfies Record<string, Api>;
