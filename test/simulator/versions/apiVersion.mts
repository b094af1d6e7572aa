import type { CallBook, Clock } from '../calls/callBook.mts';
import type { ErrorShape } from '../faults/errorBodies.mts';
import type { Settings } from '../settings.mts';

export type VersionName = 'g1' | 'g2' | 'g3' | 'conversations';

export type OperationKind =
	| 'trigger'
	| 'status'
	| 'variants'
	| 'conversation'
	| 'recording'
	| 'list';

/** A request whose path was recognized. */
export interface ApiRequest {
	/** The percent-decoded segments that the path template names. */
	params: Record<string, string>;
	query: URLSearchParams;
	body: unknown;
}

/** What operations work on. */
export interface PolyAi {
	calls: CallBook;
	settings: Settings;
	clock: Clock;
}

export interface Answer {
	status: number;
	/** An object is sent as JSON, a text as HTML, a buffer as `contentType` says. */
	body?: unknown;
	headers?: Record<string, string>;
	/** The call that this request placed. */
	placed?: string;
	/** A server in front of PolyAI answers, without PolyAI's header. */
	isGateways?: boolean;
}

export interface Operation {
	kind: OperationKind;
	method: 'GET' | 'POST';
	/** A segment in braces is data. */
	path: string;
	answer(request: ApiRequest, polyAi: PolyAi): Answer;
}

/** One part of PolyAI's API: the only place that knows its paths and its field names. */
export interface ApiVersion {
	name: VersionName;
	/** Lower case, as node:http has it. */
	keyHeader: string;
	secret: 'token' | 'apiKey';
	errorShape: ErrorShape;
	operations: Operation[];
}

/** A request that PolyAI answers with an error. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly field?: string,
	) {
		super(message);
	}
}
