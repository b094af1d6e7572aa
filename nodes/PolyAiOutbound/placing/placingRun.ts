import type { IExecuteFunctions } from 'n8n-workflow';
import { isAskedForByAgent } from '../../n8n/nodeError';
import { marksOf } from '../../n8n/marksOf';
import { processedKeys } from '../../n8n/processedKeys';
import { workflowIdOf } from '../../n8n/savedMemory';
import { openChosenLog } from '../options/callLog';
import { readNotCalledWithin } from '../options/notCalledWithin';
import { LogRegister } from './logRegister';
import { doNotCallCheck, openDoNotCallList } from '../options/doNotCallList';
import { callKey } from '../options/callKey';
import { callingHours } from '../options/callingHours';
import { readEncryption } from '../options/encryption';
import { metadata } from '../options/metadata';
import { callsPerMinute, retryServerErrors } from '../options/sendingOptions';
import { variantId } from '../options/variantId';
import { readPhoneNumber, rulesFor } from '../resources/phoneNumber/phoneNumberFields';
import { openSession, optionsOf, type Session } from '../run/session';
import { PlacedCalls, type NodeRun } from '../run/placedCalls';
import { skipDuplicates } from '../options/placingOptions';
import type { Job, OpenRun } from '../operation';
import { CallPlacer } from './callPlacer';
import { environmentOf } from '../options/environment';
import { callFinder, workspaceId } from './findUnconfirmedCall';
import { KeyRegister } from './keyRegister';
import type { CallRequest } from './callRequest';

/** What all items of a run that places calls share. */
export interface Placing {
	session: Session;
	placer: CallPlacer;
}

/** The job of one item that asks for a call. */
type PrepareCall = (request: CallRequest, item: number) => Job;

/**
 * A run that places a call for each item.
 *
 * @param open is given what all items share
 */
export async function openPlacingRun(
	context: IExecuteFunctions,
	open: (placing: Placing) => PrepareCall,
): Promise<OpenRun> {
	const ofRun = optionsOf(context, 0);
	const session = await openSession(context, callsPerMinute.read(ofRun));
	const log = await openChosenLog(context, ofRun);
	const list = await openDoNotCallList(context, ofRun);
	const placed = new PlacedCalls(context.getContext('node'), runOf(context));
	const marks = marksOf(context);
	const { clock, signal } = session.sender;
	const run = {
		...{ clock, signal, marks },
		workflowId: workflowIdOf(context),
		executionId: context.getExecutionId(),
	};
	const register = log ? new LogRegister(log, run) : new KeyRegister(processedKeys(context));
	const placer = new CallPlacer(session, placed, { marks, register });
	const prepareCall = open({ session, placer });
	const readRequest = (item: number): CallRequest => {
		// n8n takes a while for each of them: they are read once.
		const options = optionsOf(context, item);
		const rules = rulesFor(context, item, options);
		const environment = environmentOf(context, item);
		return {
			number: readPhoneNumber(context, item, rules),
			details: {
				environment,
				variantId: variantId.read(options),
				encryption: readEncryption(options, session.account),
				metadata: metadata.read(options),
			},
			hours: callingHours.read(options),
			skipDuplicates: skipDuplicates.read(options),
			checks: list ? [doNotCallCheck(list, rules)] : [],
			callKey: callKey.read(options),
			notCalledWithin: readNotCalledWithin(options, log !== undefined),
			retryServerErrors: retryServerErrors.read(options),
			find: callFinder(session, workspaceId.read(options), environment),
		};
	};
	// Only now: if something above throws, `end` isn't called.
	marks?.beginRun();
	return {
		concurrency: session.concurrency,
		giveUp: session.giveUp,
		placed,
		prepare(item) {
			const request = readRequest(item);
			return prepareCall({ ...request, mark: placer.expect(request, item) }, item);
		},
		end: async () => await marks?.endRun(),
	};
}

/**
 * All runs of an agent's tool count as one: however often it asks for a number, it's the same call.
 */
function runOf(context: IExecuteFunctions): NodeRun {
	const isTool = isAskedForByAgent(context.getNode()) || context.isToolExecution?.() === true;
	return isTool ? 'tool' : (context.getWorkflowDataProxy(0).$runIndex as number);
}
