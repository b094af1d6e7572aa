import { wallClock } from '../../nodes/n8n/wallClock.ts';
import { countAsReachable } from '../../nodes/shared/polyai/reachability.ts';
import { PROFILE_NAMES, type ProfileName } from '../simulator/profiles.mts';
import { startSimulator, type Simulator } from '../simulator/server.mts';
import type { VersionName } from '../simulator/versions/apiVersion.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import {
	agentsCredentialFor,
	call,
	credentialFor,
	numbers,
	type Run,
} from '../support/engine/polyAi.mts';

useFastClock();

/** A rate limit makes them wait for minutes, of which a busy machine makes many seconds. */
jest.setTimeout(180_000);

const PEOPLE = numbers(24);

let unkind: Simulator | undefined;
afterEach(async () => await unkind?.close());

function theSimulator(): Simulator {
	if (!unkind) throw new Error('No simulator has been started');
	return unkind;
}

async function start(profile: ProfileName | ProfileName[]): Promise<Simulator> {
	const clock = { now: () => wallClock.now() };
	const sleep = async (ms: number) => await wallClock.sleep(ms);
	const versions: VersionName[] = ['g1', 'g3', 'conversations'];
	unkind = await startSimulator({ profile, versions, clock, sleep, magicNumbers: false });
	countAsReachable(unkind.url);
	return unkind;
}

const LOGINS = {
	token: () => ({ credentials: credentialFor(theSimulator()) }),
	/** Looks for a call whose answer was lost in PolyAI's list, and waits for what is added late. */
	'API key': () => ({
		credentials: agentsCredentialFor(theSimulator()),
		fields: { authentication: 'agentsApi' },
		options: { workspaceId: theSimulator().settings.accountId, includeConversation: true },
	}),
};

const CASES = [...PROFILE_NAMES, [...PROFILE_NAMES]].flatMap((profile) =>
	(['token', 'API key'] as const).map((login) => [profile, login] as const),
);

test.each(CASES)(
	'with an unkind PolyAI (%j, %s), no one is called twice, and every item says whether its person was called',
	async (profile, login) => {
		const { journal } = await start(profile);
		const { options, ...rest }: Run = LOGINS[login]();
		const { items } = await call(PEOPLE, {
			...rest,
			operation: 'triggerAndWait',
			onError: 'continueRegularOutput',
			retryOnFail: true,
			options: { ...options, maxConcurrency: 20 },
		});
		const dials = journal.dialsByNumber();
		expect(Object.values(dials).filter((times) => times > 1)).toEqual([]);
		expect(items).toHaveLength(PEOPLE.length);
		for (const [index, { json }] of items.entries()) {
			const person = PEOPLE[index] as string;
			const { callSid, code } = { ...json, ...(json.error as object) } as Record<string, string>;
			if (callSid)
				expect(journal.dials).toContainEqual(expect.objectContaining({ callSid, number: person }));
			else if (code !== 'outcomeUnknown') expect(dials[person]).toBeUndefined();
		}
	},
);

test('a rate limit only slows the run down: everyone is called and every result comes back', async () => {
	const polyAi = await start('rate-limited');
	const { items } = await call(PEOPLE, {
		operation: 'triggerAndWait',
		credentials: credentialFor(polyAi),
	});
	expect(items.map(({ json }) => json.status)).toEqual(PEOPLE.map(() => 'success'));
	expect(polyAi.journal.requests.map(({ answer }) => answer?.status)).toContain(429);
});
