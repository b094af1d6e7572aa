import {
	NodeApiError,
	NodeConnectionTypes,
	NodeOperationError,
	type IDataObject,
	type INode,
} from 'n8n-workflow';
import { badRequest } from '../shared/errors/badRequest';
import { CallError, type CallErrorDetails } from '../shared/errors/callError';

/** Whether the engine runs the node as a tool. The agent only gets the message of an error. */
export function isAskedForByAgent(node: INode): boolean {
	return node.rewireOutputLogTo === NodeConnectionTypes.AiTool;
}

/**
 * A failure as n8n shows it. `context.itemIndex` leads the person to the item.
 *
 * @param addition shown after the description
 */
export function nodeErrorOf(
	node: INode,
	error: unknown,
	itemIndex?: number,
	addition?: string,
): NodeApiError | NodeOperationError {
	const { message, code, description, correlationId, httpStatus } = describe(error);
	const correlation = correlationId && `Correlation ID: ${correlationId}`;
	const options = {
		message,
		// n8n shows it as HTML, where line breaks are blanks.
		description: [description, correlation, addition].filter(Boolean).join('<br><br>') || undefined,
		itemIndex,
	};
	const nodeError =
		httpStatus === undefined
			? new NodeOperationError(node, message, options)
			: new NodeApiError(node, { message }, { ...options, httpCode: String(httpStatus) });
	// n8n replaces a message that contains a code such as ECONNREFUSED with its own.
	nodeError.message = isAskedForByAgent(node)
		? [message, description].filter(Boolean).join('. ')
		: message;
	nodeError.context.code = code;
	return nodeError;
}

/**
 * A failure in the one item shape that every version of n8n routes correctly (docs/design.md § 2).
 */
export function errorItemJson(error: unknown): IDataObject {
	const shown: IDataObject = { ...describe(error), httpStatus: undefined };
	return {
		error: Object.fromEntries(Object.entries(shown).filter(([, part]) => part !== undefined)),
	};
}

interface Described extends CallErrorDetails {
	code: string;
	message: string;
}

function describe(error: unknown): Described {
	const { message, description } = error as { message?: string; description?: string | null };
	// n8n couldn't return a value of the item, for example that of an expression.
	if (message && !(error instanceof CallError)) {
		return { message, code: 'badRequest', description: description || undefined };
	}
	const known = error instanceof CallError ? error : badRequest.unreadableItem();
	return { message: known.message, code: known.code, ...known.details };
}
