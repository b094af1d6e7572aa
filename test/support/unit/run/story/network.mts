import type { NoAnswer, SendHttp } from '../../../../../nodes/shared/http/transport.ts';
import { isRecord } from '../../../../../nodes/shared/isRecord.ts';
import { toResult } from '../../../../../nodes/shared/toResult.ts';
import { isReply, isUnclear } from '../../simulatedPolyAi.mts';
import { callAtWork } from './atWork.mts';
import type { Life } from './execution.mts';

/** A run's network traffic, as seen by its process. */
export class Network {
	/** Call SIDs whose answer arrived. */
	readonly sids: string[] = [];
	/** In one try: a status that an earlier one asked for may still be on its way. */
	mostInFlight = 0;
	requestsAfterStop = 0;
	/**
	 * Calls that were sent before PolyAI had answered a status request, although they had to wait for
	 * one.
	 */
	readonly sentInDoubt: string[] = [];
	#requests = { inFlight: 0 };

	constructor(private readonly life: Life) {}

	beginTry(): void {
		this.#requests = { inFlight: 0 };
	}

	send: SendHttp = async (request) => {
		const { process, polyAi, stop } = this.life;
		const isCall = request.method === 'POST';
		if (stop.signal.aborted) this.requestsAfterStop++;
		if (isCall && !process.isSureOfPolyAi) this.sentInDoubt.push(callAtWork.getStore() ?? '');
		const requests = this.#requests;
		this.mostInFlight = Math.max(this.mostInFlight, ++requests.inFlight);
		const result = await toResult(async () => {
			return await process.step(async () => await polyAi.send(request));
		});
		requests.inFlight--;
		const answer = 'value' in result ? result.value : (result.error as NoAnswer);
		if (isCall && isUnclear(answer)) process.isSureOfPolyAi = false;
		if (!isCall && isReply(answer)) process.isSureOfPolyAi = true;
		if ('error' in result) return await Promise.reject(result.error);
		const { body } = result.value;
		if (isCall && isRecord(body) && 'callSid' in body) this.sids.push(String(body.callSid));
		return result.value;
	};
}
