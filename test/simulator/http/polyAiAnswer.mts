import { errorBody, isOfGateway, usualMessage, type ErrorShape } from '../faults/errorBodies.mts';
import type { FaultEffect } from '../faults/fault.mts';
import { Refusal, type Answer, type ApiVersion, type PolyAi } from '../versions/apiVersion.mts';
import type { WireRequest } from './readRequest.mts';
import type { Route } from './route.mts';

/** How an API gateway answers a path that it doesn't know. */
const GATEWAY_MESSAGES = {
	403: 'Missing Authentication Token',
	404: 'Not Found',
	405: 'Method Not Allowed',
};

/** The right answer to a request: what PolyAI would answer if nothing went wrong on the way. */
export function rightAnswer(
	request: WireRequest,
	route: Route | undefined,
	polyAi: PolyAi,
	correlationId: string,
): Answer {
	const { settings } = polyAi;
	if (!route) {
		const status = settings.unknownPath;
		return { status, body: { message: GATEWAY_MESSAGES[status] }, isGateways: true };
	}
	const { version, operation, params } = route;
	try {
		if (request.headers[version.keyHeader] !== settings[version.secret]) {
			throw new Refusal(401, usualMessage(401));
		}
		const query = new URL(request.path, 'http://simulator').searchParams;
		return operation.answer({ params, query, body: request.body }, polyAi);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const { status, message, field } = error;
		const shape = shapeFor(version, polyAi);
		const body = errorBody(shape, { status, message, field, correlationId });
		return { status, body, isGateways: isOfGateway(shape) };
	}
}

/** The answer that a fault gives with an HTTP status of its own. */
export function faultyAnswer(
	effect: FaultEffect,
	status: number,
	shape: ErrorShape,
	correlationId: string,
	now: number,
): Answer {
	const headers: Record<string, string> = {};
	if (effect.location !== undefined) headers.location = effect.location;
	if (effect.retryAfter !== undefined) headers['retry-after'] = retryAfter(effect, now);
	const isGateways = isOfGateway(shape);
	if (status < 400) return { status, headers, isGateways };
	const message = effect.message ?? usualMessage(status);
	return {
		status,
		headers,
		body: errorBody(shape, { status, message, correlationId }),
		isGateways,
	};
}

export function shapeFor(version: ApiVersion | undefined, { settings }: PolyAi): ErrorShape {
	return settings.errorShape ?? version?.errorShape ?? 'flat';
}

function retryAfter({ retryAfter, retryAfterAs }: FaultEffect, now: number): string {
	if (retryAfterAs !== 'date') return String(retryAfter);
	return new Date(now + Number(retryAfter) * 1000).toUTCString();
}
