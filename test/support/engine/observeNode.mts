import type { IExecuteFunctions, INodeType, IPollFunctions } from 'n8n-workflow';

import { checkParameterReads } from './strictParameters.mts';

/** What a run observed of the nodes' use of n8n. */
export interface Observation {
	/** How often n8n called a node's `execute` or `poll`, by the node's name: tries included. */
	calls: Record<string, number>;
	/** Parameters that a node read although its description doesn't declare them. */
	undeclared: string[];
}

export function startObservation(): Observation {
	return { calls: {}, undeclared: [] };
}

/** Fails the test that ran the node, as a node can swallow the error that it got for the read. */
export function assertOnlyDeclaredReads({ undeclared }: Observation): void {
	if (undeclared.length > 0) {
		throw new Error(`Read, but not declared in the description: ${undeclared.join(', ')}`);
	}
}

/** The same node type, with every call counted and every read of a parameter checked. */
export function observeNode(type: INodeType, seen: Observation): INodeType {
	const observed = Object.create(type) as INodeType;
	const notice = (context: IExecuteFunctions | IPollFunctions) => {
		const { name } = context.getNode();
		seen.calls[name] = (seen.calls[name] ?? 0) + 1;
		checkParameterReads(context, type.description, seen.undeclared);
	};
	const { execute, poll } = type;
	if (execute) {
		observed.execute = async function (response) {
			notice(this);
			return await execute.call(this, response);
		};
	}
	if (poll) {
		observed.poll = async function () {
			notice(this);
			return await poll.call(this);
		};
	}
	return observed;
}
