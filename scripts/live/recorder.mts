import { NoAnswer, type HttpRequest, type SendHttp } from '../../nodes/shared/http/transport.ts';
import type { Clock } from '../../nodes/shared/time/clock.ts';
import { kindOf, type Exchange } from './exchange.mts';

/** Answers that say that there is nothing at this path: no call was placed (docs/polyai-api.md § 1). */
const UNKNOWN_PATH = [403, 404, 405];

/**
 * Writes down every exchange, and holds the promise of the tool: only one number is called, and
 * after one request that may have called it there is no other, whatever the code above would do.
 */
export class Recorder {
	readonly exchanges: Exchange[] = [];
	/** Aborted once there is nothing left to place. */
	readonly placed = new AbortController();

	constructor(
		private readonly http: SendHttp,
		private readonly clock: Clock,
		/** The only number that may be called, as somebody has confirmed it. */
		private readonly confirmedNumber?: string,
	) {}

	readonly send: SendHttp = async (request) => {
		const { method, url, body } = request;
		if (method !== 'GET') this.#checkIsTheCall(request);
		const { origin, pathname, search } = new URL(url);
		const sent = { method, origin, path: pathname + search, body };
		const exchange: Exchange = { at: this.clock.now(), request: sent };
		this.exchanges.push(exchange);
		try {
			exchange.answer = await this.http(request);
			return exchange.answer;
		} catch (error) {
			exchange.noAnswer = error instanceof NoAnswer ? error.why : 'network';
			throw error;
		} finally {
			const isNoPath = UNKNOWN_PATH.includes(exchange.answer?.status ?? 0);
			if (kindOf(sent) === 'call' && !isNoPath) this.placed.abort();
		}
	};

	/** @throws Error if this isn't the one call that was confirmed */
	#checkIsTheCall({ method, body = {} }: HttpRequest): void {
		const { to_number, toNumber } = body as Record<string, unknown>;
		const isConfirmed =
			this.confirmedNumber !== undefined && (to_number ?? toNumber) === this.confirmedNumber;
		if (method === 'POST' && isConfirmed && !this.placed.signal.aborted) return;
		throw new Error('This is not the one call that was confirmed. Nothing was sent.');
	}
}
