import type { IDataObject } from 'n8n-workflow';

import { agentsCredentialFor, call, numbers, polyAi, run, sidsOf, type Run } from './polyAi.mts';
import type { NodeRunResult } from './runNode.mts';

beforeEach(() => {
	polyAi.set({ generations: ['g3', 'conversations'], queuedMs: 0, outcome: 'never-ends' });
});

/** Places a call with the Agents API and gives its SID. */
export async function placed(number = numbers(1)[0] as string): Promise<string> {
	const { items } = await call([number], {
		credentials: agentsCredentialFor(polyAi),
		fields: { authentication: 'agentsApi' },
	});
	return String(sidsOf(items)[0]);
}

/** The same of a call that has ended. */
export async function ended(outcome?: Parameters<typeof polyAi.finish>[1]): Promise<string> {
	const callSid = await placed();
	polyAi.finish(callSid, outcome);
	return callSid;
}

/** Asks what happened in calls, as a person has filled it in: `get` or `getRecording`. */
export async function askAbout(
	operation: 'get' | 'getRecording',
	callSids: unknown[],
	{ fields, ...given }: Run = {},
): Promise<NodeRunResult> {
	return await run({
		credentials: agentsCredentialFor(polyAi),
		items: callSids.map((callSid) => ({ callSid }) as IDataObject),
		operation,
		fields: {
			authentication: 'agentsApi',
			resource: 'conversation',
			callSid: '={{ $json.callSid }}',
			phoneNumber: undefined,
			defaultCountry: undefined,
			...fields,
		},
		...given,
	});
}
