import { isAtLeast, TESTED_VERSION } from '../../../scripts/setup/n8n.mts';

/** What the n8n under test has, and older ones lack. */
export const HAS = {
	/**
	 * A workflow can't be published without the credentials that it needs. Verified from 2.8 on, not
	 * so in 2.0.
	 */
	checksAtPublication: isAtLeast(TESTED_VERSION, [2, 8]),
	/** Data tables for others than n8n's own nodes. */
	dataTables: isAtLeast(TESTED_VERSION, [2, 7]),
	/** An API key's scopes are shown to its owner, and enforced even without a license. */
	scopesOfKeys: isAtLeast(TESTED_VERSION, [2, 14]),
	/** The ways of polling that aren't the default one. */
	durableScheduler: isAtLeast(TESTED_VERSION, [2, 33]),
	durableCursors: isAtLeast(TESTED_VERSION, [2, 37]),
	/**
	 * An agent's model is told why a tool failed; otherwise the agent's run fails with this message.
	 * Verified in 2.16 and in 2.41.
	 */
	modelIsToldWhy: isAtLeast(TESTED_VERSION, [2, 17]),
	/**
	 * A person is asked in the chat before an agent uses a tool. Verified in 2.41; older ones weren't
	 * tried.
	 */
	humanReview: isAtLeast(TESTED_VERSION, [2, 41]),
};

/** Runs the test if the n8n under test has what it needs. */
export function testWith(has: boolean): jest.It {
	return has ? test : test.skip;
}

export function describeWith(has: boolean): jest.Describe {
	return has ? describe : describe.skip;
}
