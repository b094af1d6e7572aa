import { credentialKinds, type CredentialKind } from '../../nodes/n8n/credentialKinds.ts';
import { CallError } from '../../nodes/shared/errors/callError.ts';
import type { Account } from '../../nodes/shared/polyai/account.ts';
import { AGENTS_HOSTS, PLATFORM_HOSTS } from '../../nodes/shared/polyai/baseUrl.ts';
import {
	DEFAULT_ENVIRONMENT,
	ENVIRONMENTS,
	type Environment,
} from '../../nodes/shared/polyai/environment.ts';
import type { Person } from './person.mts';

/** What the person may do at PolyAI, as a credential of n8n would hold it. */
export interface Access {
	kind: CredentialKind;
	/** The fields of the credential. */
	data: Record<string, string>;
	account: Account;
	/** The header that proves who asks. */
	headers: Record<string, string>;
	/** With an API key. */
	environment?: Environment;
	/** `ws-…`, for the list of conversations. */
	workspaceId?: string;
}

/** @throws Error in words for an answer that nobody can use */
export async function askForAccess(person: Person): Promise<Access> {
	person.tell('How do you sign in to PolyAI?');
	person.tell('  1  with a token (credential "PolyAI API")');
	person.tell('  2  with an API key of Agent Studio (credential "PolyAI Agents API")');
	const [token, agents] = credentialKinds;
	const kind = pick(await person.ask('1 or 2'), { '1': token, '2': agents });
	const { urls } = kind === token ? PLATFORM_HOSTS : AGENTS_HOSTS;
	const place = await person.ask(`Region (${Object.keys(urls).join(', ')}) or base URL`);
	const data: Record<string, string> =
		place.toLowerCase() in urls
			? { region: place.toLowerCase() }
			: { region: 'custom', baseUrl: place };
	const { field, name, header } = kind.secret;
	if (kind === agents) data.agentId = await person.ask('Agent ID (PROJECT-…)');
	const asked =
		kind === agents
			? {
					environment: await askForEnvironment(person),
					workspaceId:
						(await person.ask('Workspace ID (ws-…), or nothing to leave out the list of calls')) ||
						undefined,
				}
			: {};
	data[field] = await person.askSecret(capitalized(name));
	if (!data[field]) throw new Error(`There is no ${name}.`);
	return {
		kind,
		data,
		account: accountOf(kind, data),
		headers: { [header]: data[field] },
		...asked,
	};
}

function accountOf(kind: CredentialKind, data: Record<string, string>): Account {
	try {
		return kind.accountOf(data);
	} catch (error) {
		throw error instanceof CallError ? new Error(error.inWords) : error;
	}
}

async function askForEnvironment(person: Person): Promise<Environment> {
	const answer = await person.ask(
		`Environment (${ENVIRONMENTS.join(', ')}; ${DEFAULT_ENVIRONMENT} if empty)`,
	);
	return pick(
		answer || DEFAULT_ENVIRONMENT,
		Object.fromEntries(ENVIRONMENTS.map((one) => [one, one])),
	);
}

function pick<Value>(answer: string, choices: Record<string, Value>): Value {
	const chosen = choices[answer];
	if (chosen !== undefined) return chosen;
	throw new Error(`Type ${Object.keys(choices).join(' or ')}. Nothing was sent.`);
}

function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
