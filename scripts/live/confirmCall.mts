import type { Access } from './askForAccess.mts';
import type { NumberToCall } from './askForNumber.mts';
import type { Person } from './person.mts';

/**
 * Says what will happen, and asks for a last word.
 *
 * @returns the one number that may be called; undefined if nobody is called
 */
export async function confirmCall(
	{ account: { baseUrl, agent }, environment }: Access,
	number: NumberToCall,
	person: Person,
): Promise<string | undefined> {
	person.tell('');
	if ('why' in number) {
		person.tell(`No call will be placed: ${number.why}`);
		person.tell(`This only reads at ${baseUrl}.`);
		return undefined;
	}
	const caller = agent
		? `by agent ${agent.agentId}, environment ${environment}`
		: 'by the agent of your token';
	person.tell(`At ${baseUrl}, this will`);
	person.tell('  - test your access, and ask for calls that do not exist');
	person.tell(`  - place ONE call to ${number.phoneNumber} ${caller}`);
	person.tell(
		'  - follow that call until PolyAI forgets it, about two hours after its end, or until',
	);
	person.tell('    you press Ctrl+C: the report is written either way');
	const word = await person.ask('Type call to place it; anything else only reads');
	if (word === 'call') return number.phoneNumber;
	person.tell('No call will be placed: it was not confirmed.');
	return undefined;
}
