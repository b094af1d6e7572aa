import type { Account } from '../../../../../nodes/shared/polyai/account.ts';
import {
	agentsVersions,
	tokenVersions,
} from '../../../../../nodes/shared/polyai/versions/versions.ts';

const [base, may2026] = tokenVersions;
const agents = agentsVersions('PROJECT-1');

/** The paths that an account tries, and those at which PolyAI places calls. */
interface Api {
	versions: Account['versions'];
	servedPaths: string[];
}

/** A pinned path as well, and a PolyAI that answers at both for a time. */
export const APIS = {
	base: { versions: tokenVersions, servedPaths: [base.triggerPath] },
	may2026: { versions: tokenVersions, servedPaths: [may2026.triggerPath] },
	both: { versions: tokenVersions, servedPaths: [base.triggerPath, may2026.triggerPath] },
	pinned: { versions: [may2026], servedPaths: [base.triggerPath, may2026.triggerPath] },
	agents: { versions: agents, servedPaths: [agents[0].triggerPath] },
} satisfies Record<string, Api>;
