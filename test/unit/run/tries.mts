import { CallPlacer } from '../../../nodes/PolyAiOutbound/call/callPlacer.ts';
import type { CallRegister } from '../../../nodes/PolyAiOutbound/call/callRegister.ts';
import type { Order } from '../../../nodes/PolyAiOutbound/call/order.ts';
import { PlacedCalls, type NodeRun } from '../../../nodes/PolyAiOutbound/run/placedCalls.ts';
import type { KeyStore } from '../../../nodes/shared/neverTwice/keyStore.ts';
import { SentMarks } from '../../../nodes/shared/neverTwice/sentMarks.ts';
import { countAsReachable } from '../../../nodes/shared/sending/reachability.ts';
import type { Result } from '../../../nodes/shared/sending/request.ts';
import { understood } from '../phoneNumbers/understood.mts';
import { openLine } from '../support/openLine.mts';
import { accepted, scriptedSender } from '../support/sender.mts';

export const ANN = '+442079460018';
export const BOB = '+442079460019';
export const order = (number: string, rest: Partial<Order> = {}): Order => ({
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
}

/** The tries of one run of the node, with the same memory. */
export function tries(
	answers: Result[],
	{ run = 0, perMinute = 0, store, register }: Surroundings = {},
) {
	const { sent, send, clock } = scriptedSender(
		(_, index) => answers[index] ?? accepted(`SID-${index}`),
	);
	const baseUrl = `https://placer-${hosts++}.example`;
	countAsReachable(baseUrl);
	const context = {};
	const nextTry = (ofRun = run, given?: SentMarks) => {
		const line = openLine({ send, clock, baseUrl, perMinute });
		const ofStore =
			store && new SentMarks({ store, clock, executionId: '7', start: 'S', isRetry: false });
		const marks = given ?? ofStore;
		return new CallPlacer(line, new PlacedCalls(context, ofRun), { marks, register });
	};
	const endWell = (ofRun: NodeRun) => new PlacedCalls(context, ofRun).forget();
	return { nextTry, endWell, sent, clock };
}

export const outcomeOf = async (work: Promise<unknown>) =>
	await work.catch((error: unknown) => error);
