/** The words of the contract for what can go wrong with one item (docs/design.md § 2, `error.code`). */
export type ErrorCode =
	| 'invalidPhoneNumber'
	| 'notAllowed'
	| 'unauthorized'
	| 'badRequest'
	| 'notFound'
	| 'rateLimited'
	| 'serverError'
	| 'unreachable'
	| 'outcomeUnknown'
	| 'timedOut';

/** What to say of an answer, in words that a person can act on. */
export interface Refusal {
	code: ErrorCode;
	message: string;
	description: string;
}

export interface CallErrorDetails {
	description?: string;
	phoneNumber?: string;
	callSid?: string;
	/** PolyAI's `X-PolyAI-Correlation-Id`, which its support asks for. */
	correlationId?: string;
	/** HTTP status of the answer, when there was one. */
	httpStatus?: number;
}

/** A failure of one call, told in a sentence that the person who built the workflow can act on. */
export class CallError extends Error {
	override readonly name = 'CallError';

	constructor(
		readonly code: ErrorCode,
		message: string,
		readonly details: CallErrorDetails = {},
	) {
		super(message);
	}

	/**
	 * The same failure, of a call that certainly was not placed. It says so in the first place: what a
	 * person fears is that the phone has rung.
	 */
	notPlaced(): CallError {
		const { description } = this.details;
		const words = ['No call was placed.', description].filter(Boolean).join(' ');
		return new CallError(this.code, this.message, { ...this.details, description: words });
	}

	/** The same failure, with what the caller knows of the call it happened to. */
	about(details: CallErrorDetails): CallError {
		return new CallError(this.code, this.message, { ...details, ...this.details });
	}
}

/** For an item whose request was never sent since the user pressed Stop. */
export function stopped(): CallError {
	return new CallError('timedOut', 'The run was stopped before this item was done');
}
