import { CallPlacer } from '../../../../nodes/PolyAiOutbound/placing/callPlacer.ts';
import type { CallRegister } from '../../../../nodes/PolyAiOutbound/placing/callRegister.ts';
import type { CallRequest } from '../../../../nodes/PolyAiOutbound/placing/callRequest.ts';
import { PlacedCalls, type NodeRun } from '../../../../nodes/PolyAiOutbound/run/placedCalls.ts';
import type { KeyStore } from '../../../../nodes/shared/crashRecovery/keyStore.ts';
import { SentMarks } from '../../../../nodes/shared/crashRecovery/sentMarks.ts';
import { countAsReachable } from '../../../../nodes/shared/polyai/reachability.ts';
import type { HttpResult } from '../../../../nodes/shared/http/sendWithRetry.ts';
import { understood } from '../phoneNumbers/understood.mts';
import { openSession } from '../openSession.mts';
import { accepted, scriptedSender } from '../sender.mts';

export const ANN = '+442079460018';
export const BOB = '+442079460019';
export const request = (number: string, rest: Partial<CallRequest> = {}): CallRequest => ({
	number: understood(number),
	details: {},
	skipDuplicates: false,
	retryServerErrors: true,
	...rest,
});
let hosts = 0;

interface Surroundings {
	run?: NodeRun;
	perMinute?: number;
	store?: KeyStore;
	register?: CallRegister;
	stop?: AbortSignal;
}

/** The tries of one run of the node, with the same memory. */
export function tries(
	answers: HttpResult[],
	{ run = 0, perMinute = 0, store, register, stop }: Surroundings = {},
) {
	const { sent, send, clock } = scriptedSender(
		(_, index) => answers[index] ?? accepted(`SID-${index}`),
	);
	const baseUrl = `https://placer-${hosts++}.example`;
	countAsReachable(baseUrl);
	const context = {};
	const nextTry = (ofRun = run, given?: SentMarks) => {
		const session = openSession({ send, clock, baseUrl, perMinute, stop });
		const ofStore =
			store && new SentMarks({ store, clock, executionId: '7', start: 'S', isRetry: false });
		const marks = given ?? ofStore;
		return new CallPlacer(session, new PlacedCalls(context, ofRun), { marks, register });
	};
	const endWell = (ofRun: NodeRun) => new PlacedCalls(context, ofRun).forget();
	return { nextTry, endWell, sent, clock };
}

export const outcomeOf = async (work: Promise<unknown>) =>
	await work.catch((error: unknown) => error);
