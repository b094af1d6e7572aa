import { CallError, type ErrorCode } from '../../../../../nodes/shared/errors/callError.ts';
import type { StatusResult } from '../../../../../nodes/shared/polyai/readStatus.ts';
import { RETENTION_MS } from '../../../../../nodes/shared/tracking/pollSchedule.ts';
import type { Answers, Story } from './story.mts';

export interface Call {
	callSid: string;
	placedAt: number;
	endsAt: number;
	/** With which credential it was placed. */
	credential: string;
	status: 'success' | 'failure';
}

const CODES: Record<number, ErrorCode> = {
	400: 'badRequest',
	403: 'unauthorized',
	404: 'notFound',
};

/** PolyAI in the time of a story. */
export class PolyAi {
	readonly calls = new Map<string, Call>();
	answers: Answers = 'well';

	constructor(private readonly story: Pick<Story, 'refusal' | 'tellsTimes'>) {}

	place(credential: string, now: number, minutes: number): Call {
		const index = this.calls.size;
		const call: Call = {
			callSid: `SID-${index}`,
			placedAt: now,
			endsAt: now + minutes * 60_000,
			credential,
			status: index % 2 ? 'failure' : 'success',
		};
		this.calls.set(call.callSid, call);
		return call;
	}

	look(callSid: string, now: number): StatusResult {
		if (this.answers === 'not at all') return failure('serverError', 503, true);
		if (this.answers === 'too many') {
			const { error } = failure('rateLimited', 429, true);
			return { error, mayPass: true, result: { status: 429, headers: {}, body: {} } };
		}
		if (this.answers === 'refused') return failure('unauthorized', 401, false);
		const call = this.calls.get(callSid) as Call;
		if (now < call.endsAt) return { state: { status: 'calling' } };
		const { refusal, tellsTimes } = this.story;
		const lastUpdated = tellsTimes ? new Date(call.endsAt).toISOString() : undefined;
		if (now < call.endsAt + RETENTION_MS) return { state: { status: call.status, lastUpdated } };
		return failure(CODES[refusal] as ErrorCode, refusal, false);
	}
}

function failure(code: ErrorCode, httpStatus: number, mayPass: boolean) {
	return { error: new CallError(code, `It answers ${httpStatus}`, { httpStatus }), mayPass };
}
