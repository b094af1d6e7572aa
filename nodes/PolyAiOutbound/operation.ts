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
	/** What a language model is told of it, when the node is a tool of an AI agent. */
	toolDescription: string;
	/** Shown whenever this operation is chosen, above the options. */
	fields: INodeProperties[];
	options: Array<Option<unknown>>;
	/** Looks at what holds for all items of a run. */
	open(context: IExecuteFunctions): Promise<OpenRun>;
}

/** What comes out for an item whose call has first to end. */
export class PendingOutput {
	constructor(readonly result: Promise<IDataObject>) {}
}

/** What comes out for an item together with files. */
export class OutputWithFile {
	constructor(
		readonly json: IDataObject,
		readonly binary: IBinaryKeyData,
	) {}
}

/** Any number of items that come out for one. */
export class ManyOutputs {
	constructor(readonly items: IDataObject[]) {}
}

/** Carries out one item and gives what comes out for it; rejects when the item failed. */
export type Job = () => Promise<IDataObject | OutputWithFile | ManyOutputs | PendingOutput>;

export interface OpenRun {
	/**
	 * Reads and checks one item. Where a bad row stops the workflow this is done for every item
	 * before anything is sent, so that nobody was called yet.
	 */
	prepare(item: number): Job;
	/** Items worked on at once. */
	concurrency: number;
	/** The calls of this run, when it places any. */
	placed?: PlacedCalls;
	/** Sends nothing more and ends all waiting at once. */
	giveUp?: () => void;
	/** To be done when all items are, however they ended. */
	end?: () => Promise<void>;
}
