import type { HttpAnswer } from '../http/transport';
import { isRecord } from '../isRecord';

/** Longer texts are a gateway's pages, not messages. */
const LONGEST_MESSAGE = 500;

/**
 * PolyAI's own message from any of its error bodies (docs/polyai-api.md § 2); undefined for an
 * empty body or a gateway's HTML.
 */
export function polyAiMessage(body: unknown): string | undefined {
	if (typeof body === 'string') return isSentence(body) ? body.trim() : undefined;
	if (!isRecord(body)) return undefined;
	const nested = isRecord(body.error) ? body.error : {};
	const message = [body.error_message, nested.message, body.message, body.error].find(isSentence);
	const fields = fieldMessages(body.errors);
	return [message?.trim(), fields].filter(Boolean).join(': ') || undefined;
}

/** What PolyAI's support asks for, from the header or the body. */
export function correlationIdOf(answer: HttpAnswer): string | undefined {
	const nested = isRecord(answer.body) && isRecord(answer.body.error) ? answer.body.error : {};
	const id = answer.headers['x-polyai-correlation-id'] ?? nested.correlation_id;
	return typeof id === 'string' && id !== '' ? id : undefined;
}

/**
 * Whether an error comes from PolyAI, and not from a gateway, proxy or firewall in front of it,
 * whose errors don't show whether PolyAI had accepted the request. PolyAI's own has its header, or
 * one of its error bodies (docs/polyai-api.md § 2). A lone `message` is how API gateways answer.
 */
export function isPolyAisOwn({ headers, body }: HttpAnswer): boolean {
	if (headers['x-polyai-correlation-id']) return true;
	if (!isRecord(body)) return false;
	const { error, code, error_code, error_message, message, errors } = body;
	return (
		isSentence(error_message) ||
		isSentence(error_code) ||
		(isSentence(error) && isSentence(code)) ||
		(isSentence(message) && Array.isArray(errors)) ||
		(isRecord(error) && isSentence(error.message) && [error.code, error.id].some(isSentence))
	);
}

function fieldMessages(errors: unknown): string {
	if (!Array.isArray(errors)) return '';
	return errors
		.filter(isRecord)
		.map(({ field, message }) => [field, message].filter(isSentence).join(' '))
		.filter(Boolean)
		.join('; ');
}

function isSentence(value: unknown): value is string {
	return (
		typeof value === 'string' &&
		value.trim() !== '' &&
		value.length <= LONGEST_MESSAGE &&
		!value.includes('<')
	);
}
