import type { IBinaryKeyData, IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Option } from '../n8n/option';
import type { PlacedCalls } from './run/placedCalls';

/** What a person chooses in the node: how it looks there, and what it does. */
export interface Operation {
	resource: 'call' | 'campaign' | 'conversation' | 'phoneNumber';
	value: string;
	name: string;
	/** How the node panel lists it. */
	action: string;
	description: string;
	/** Describes it to a language model when the node is an AI agent's tool. */
	toolDescription: string;
	/** Shown whenever this operation is chosen, above the options. */
	fields: INodeProperties[];
	options: Array<Option<unknown>>;
	/** Prepares what all items of a run share. */
	open(context: IExecuteFunctions): Promise<OpenRun>;
}

/** The output of an item whose call has to end first. */
export class PendingOutput {
	constructor(readonly result: Promise<IDataObject>) {}
}

/** The output of an item with files. */
export class OutputWithFile {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

/** Any number of output items for one input item. */
export class ManyOutputs {
	constructor(readonly items: IDataObject[]) {}
}

/** Runs one item and resolves with its output; rejects if the item fails. */
export type Job = () => Promise<IDataObject | OutputWithFile | ManyOutputs | PendingOutput>;

export interface OpenRun {
	/**
	 * Reads and checks one item. If a bad row stops the workflow, every item is prepared before
	 * anything is sent, so that no one has been called by then.
	 */
	prepare(item: number): Job;
	/** How many items run in parallel. */
	concurrency: number;
	/** The calls of this run, if it places any. */
	placed?: PlacedCalls;
	/** Sends nothing more and ends all waiting immediately. */
	giveUp?: () => void;
	/** Called when all items are done, however they ended. */
	end?: () => Promise<void>;
}
