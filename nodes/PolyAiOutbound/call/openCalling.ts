import type { IExecuteFunctions } from 'n8n-workflow';
import { isAskedForByAgent } from '../../n8n/nodeError';
import { marksOf } from '../../n8n/marksOf';
import { processedKeys } from '../../n8n/processedKeys';
import { workflowIdOf } from '../../n8n/savedMemory';
import { openChosenLog } from '../callLog/callLogOption';
import { readNotCalledWithin } from '../callLog/notCalledWithin';
import { LogRegister } from '../callLog/logRegister';
import { keepOffList, openDoNotCallList } from '../doNotCall/doNotCallOption';
import { callKey } from '../options/callKey';
import { callingHours } from '../options/callingHours';
import { readEncryption } from '../options/encryption';
import { metadata } from '../options/metadata';
import { callsPerMinute, retryServerErrors } from '../options/sendingOptions';
import { variantId } from '../options/variantId';
import { readPhoneNumber, rulesFor } from '../phoneNumber/phoneNumberFields';
import { openLine, optionsOf, type Line } from '../run/openLine';
import { PlacedCalls, type NodeRun } from '../run/placedCalls';
import { skipDuplicates } from './callingOptions';
import { CallPlacer } from './callPlacer';
import { environmentOf } from './environment';
import { callFinder, workspaceId } from './findCall';
import { KeyRegister } from './keyRegister';
import type { Order } from './order';

/** What a run needs that places calls. */
export interface Calling {
	line: Line;
	placed: PlacedCalls;
	placer: CallPlacer;
	/** @throws CallError when the item asks for a call that cannot or may not be placed */
	readOrder(item: number): Order;
	/** To be done when all items are. */
	end(): Promise<void>;
}

export async function openCalling(context: IExecuteFunctions): Promise<Calling> {
	const ofRun = optionsOf(context, 0);
	const line = await openLine(context, callsPerMinute.read(ofRun));
	const log = await openChosenLog(context, ofRun);
	const list = await openDoNotCallList(context, ofRun);
	const placed = new PlacedCalls(context.getContext('node'), runOf(context));
	const marks = marksOf(context);
	marks?.beginRun();
	const { clock, signal } = line.sender;
	const run = {
		...{ clock, signal, marks },
		workflowId: workflowIdOf(context),
		executionId: context.getExecutionId(),
	};
	const register = log ? new LogRegister(log, run) : new KeyRegister(processedKeys(context));
	const placer = new CallPlacer(line, placed, { marks, register });
	return {
		line,
		placed,
		placer,
		readOrder(item) {
			const options = optionsOf(context, item);
			const order: Order = {
				number: readPhoneNumber(context, item),
				details: {
					environment: environmentOf(context, item),
					variantId: variantId.read(options),
					encryption: readEncryption(options, line.account),
					metadata: metadata.read(options),
				},
				hours: callingHours.read(options),
				skipDuplicates: skipDuplicates.read(options),
				fences: list ? [keepOffList(list, rulesFor(context, item))] : [],
				callKey: callKey.read(options),
				notCalledWithin: readNotCalledWithin(options, log !== undefined),
				retryServerErrors: retryServerErrors.read(options),
				find: callFinder(line, workspaceId.read(options), environmentOf(context, item)),
			};
			return { ...order, mark: placer.expect(order, item) };
		},
		end: async () => await marks?.endRun(),
	};
}

/** All runs of an agent's tool are one: however often it asks for a number, it is the same call. */
function runOf(context: IExecuteFunctions): NodeRun {
	const isTool = isAskedForByAgent(context.getNode()) || context.isToolExecution?.() === true;
	return isTool ? 'tool' : (context.getWorkflowDataProxy(0).$runIndex as number);
}
