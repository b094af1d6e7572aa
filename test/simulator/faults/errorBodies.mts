/** The error bodies seen across PolyAI (docs/polyai-api.md § 2), and what gateways send instead. */
export type ErrorShape =
	| 'flat'
	| 'envelope'
	| 'nested'
	| 'message'
	| 'fields'
	| 'html'
	| 'empty'
	| 'gateway';

export interface ErrorToSay {
	status: number;
	message: string;
	/** The field of the request that was wrong. */
	field?: string;
	correlationId: string;
}

const CODES: Record<number, string> = {
	400: 'BAD_REQUEST',
	401: 'UNAUTHORIZED',
	403: 'FORBIDDEN',
	404: 'NOT_FOUND',
	429: 'TOO_MANY_REQUESTS',
	500: 'INTERNAL_SERVER_ERROR',
	502: 'BAD_GATEWAY',
	503: 'SERVICE_UNAVAILABLE',
	504: 'GATEWAY_TIMEOUT',
};

const MESSAGES: Record<number, string> = {
	400: 'The request is not valid',
	401: 'The token is missing or not valid',
	403: 'This is not allowed',
	404: 'Not found',
	429: 'Too many requests',
	500: 'The call could not be queued',
	502: 'The service is unavailable',
	503: 'The service is temporarily unavailable',
	504: 'The service did not answer in time',
};

export function usualMessage(status: number): string {
	return MESSAGES[status] ?? `Error ${status}`;
}

/** In JSON, as the API gateways of cloud providers do. */
const GATEWAY_MESSAGES: Record<number, string> = {
	429: 'Too Many Requests',
	503: 'Service Unavailable',
	504: 'Endpoint request timed out',
};

const SHAPES: Record<ErrorShape, (error: ErrorToSay & { code: string }) => unknown> = {
	flat: ({ message, code }) => ({ error: message, code }),
	envelope: ({ message, code, correlationId }) => ({
		success: false,
		error: code,
		error_id: correlationId,
		error_code: code,
		error_message: message,
		data: null,
	}),
	nested: ({ message, code, correlationId }) => ({
		error: { code, id: correlationId, message, correlation_id: correlationId },
	}),
	message: ({ message }) => ({ error_message: message }),
	fields: ({ message, field = 'body' }) => ({
		message: 'Validation failed',
		errors: [{ field, message }],
	}),
	html: ({ status, code }) =>
		`<html>\r\n<head><title>${status} ${code}</title></head>\r\n<body><center><h1>${status} ${code}</h1></center></body>\r\n</html>\r\n`,
	empty: () => undefined,
	gateway: ({ status }) => ({ message: GATEWAY_MESSAGES[status] ?? 'Internal server error' }),
};

/** From a server in front of PolyAI, and therefore without any of PolyAI's headers. */
const OF_GATEWAYS: ErrorShape[] = ['html', 'empty', 'gateway'];

export function isOfGateway(shape: ErrorShape): boolean {
	return OF_GATEWAYS.includes(shape);
}

export const ERROR_SHAPES = Object.keys(SHAPES) as ErrorShape[];

/** The body of an error in a shape: an object for JSON, a text for HTML, undefined for no body. */
export function errorBody(shape: ErrorShape, error: ErrorToSay): unknown {
	return SHAPES[shape]({ ...error, code: CODES[error.status] ?? 'ERROR' });
}
