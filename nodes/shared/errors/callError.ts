import { addedSentences } from './addedSentences';

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

export interface CallErrorDetails {
	/** What to do. */
	description?: string;
	phoneNumber?: string;
	callSid?: string;
	/** PolyAI's `X-PolyAI-Correlation-Id`, which its support asks for. */
	correlationId?: string;
	/** HTTP status of the answer, when there was one. */
	httpStatus?: number;
}

/**
 * A failure of one call, told in a sentence that the person who built the workflow can act on. All
 * sentences stand in this folder, by the error's code.
 */
export class CallError extends Error {
	override readonly name = 'CallError';

	constructor(
		readonly code: ErrorCode,
		message: string,
		readonly details: CallErrorDetails = {},
	) {
		super(message);
	}

	/** What is the matter and what to do, for a place that shows one text. */
	get inWords(): string {
		return [`${this.message}.`, this.details.description].filter(Boolean).join(' ');
	}

	/**
	 * The same failure, of a call that certainly was not placed. It says so in the first place: what a
	 * person fears is that the phone has rung.
	 */
	notPlaced(): CallError {
		return this.saying({ first: addedSentences.notPlaced() });
	}

	/** The same failure, with sentences before or behind its description. */
	saying({ first, last }: { first?: string; last?: string }): CallError {
		const description = [first, this.details.description, last].filter(Boolean).join(' ');
		return new CallError(this.code, this.message, { ...this.details, description });
	}

	/** The same failure, with what the caller knows of the call it happened to. */
	about(details: CallErrorDetails): CallError {
		return new CallError(this.code, this.message, { ...details, ...this.details });
	}
}
