import type { IExecuteFunctions } from 'n8n-workflow';
import { isAskedForByAgent } from '../../n8n/nodeError';
import type { CallDetails } from '../../shared/polyai/generations/generation';
import type { UnderstoodNumber } from '../../shared/phoneNumbers/understandNumber';
import { openChosenLog } from '../callLog/callLogOption';
import { LogWriter } from '../callLog/logWriter';
import { callingHours, type CallingHours } from '../options/callingHours';
import { readEncryption } from '../options/encryption';
import { metadata } from '../options/metadata';
import { callsPerMinute, retryServerErrors } from '../options/sendingOptions';
import { variantId } from '../options/variantId';
import { readPhoneNumber } from '../phoneNumber/phoneNumberFields';
import { openLine, optionsOf, type Line } from '../run/openLine';
import { PlacedCalls, type NodeRun } from '../run/placedCalls';
import { skipDuplicates } from './callingOptions';
import { CallPlacer } from './callPlacer';
import { environmentOf } from './environment';

/** A call as one item asks for it. */
export interface Order {
	number: UnderstoodNumber;
	details: CallDetails;
	hours?: CallingHours;
	skipDuplicates: boolean;
	retryServerErrors: boolean;
}

/** What a run needs that places calls. */
export interface Calling {
	line: Line;
	placed: PlacedCalls;
	placer: CallPlacer;
	/** @throws CallError when the item asks for a call that cannot or may not be placed */
	readOrder(item: number): Order;
}

export async function openCalling(context: IExecuteFunctions): Promise<Calling> {
	const ofRun = optionsOf(context, 0);
	const line = await openLine(context, callsPerMinute.read(ofRun));
	const log = await openChosenLog(context, ofRun);
	const placed = new PlacedCalls(context.getContext('node'), runOf(context));
	return {
		line,
		placed,
		placer: new CallPlacer(line, placed, log && new LogWriter(log, context)),
		readOrder(item) {
			const options = optionsOf(context, item);
			return {
				number: readPhoneNumber(context, item),
				details: {
					environment: environmentOf(context, item),
					variantId: variantId.read(options),
					encryption: readEncryption(options, line.account),
					metadata: metadata.read(options),
				},
				hours: callingHours.read(options),
				skipDuplicates: skipDuplicates.read(options),
				retryServerErrors: retryServerErrors.read(options),
			};
		},
	};
}

/**
 * An agent that was told of an error asks again, in a run of its own; and a tool that it calls by
 * itself, not through the engine, gets a new run index even for every try. The engine sets up the
 * runs of one go before it carries out the first of them, so that they share the last run's index.
 */
function runOf(context: IExecuteFunctions): NodeRun {
	const { $runIndex, $node } = context.getWorkflowDataProxy(0);
	const node = context.getNode();
	if (!isAskedForByAgent(node) && !context.isToolExecution?.()) return $runIndex as number;
	return { go: ($node as Record<string, { runIndex: number }>)[node.name]?.runIndex ?? 0 };
}
