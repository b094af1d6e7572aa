import type { HttpAnswer } from './transport';

/**
 * Milliseconds that `Retry-After` (seconds or an HTTP date) asks to wait; undefined if it doesn't.
 */
export function retryAfterMs(answer: HttpAnswer, now: number): number | undefined {
	const text = answer.headers['retry-after']?.trim();
	if (!text) return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
	// The oldest of the three HTTP date formats ends with the year, and is GMT like the others.
	const time = Date.parse(/\s\d{4}$/.test(text) ? `${text} GMT` : text);
	return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}
