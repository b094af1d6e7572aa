import type { IExecuteFunctions } from 'n8n-workflow';
import type { CallRef } from '../../../shared/polyai/versions/apiVersion';
import type { Job, OpenRun } from '../../operation';
import { openSession, type Session } from '../../run/session';
import { readCall, skippedBefore } from './callFields';

/** The job of one item about an existing call. @throws CallError when it can't be read */
type PrepareCall = (call: CallRef, item: number) => Job;

/**
 * A run about existing calls. An item whose call was skipped is passed on unchanged.
 *
 * @param open gets what all items share
 */
export async function openExistingCallRun(
	context: IExecuteFunctions,
	open: (session: Session) => PrepareCall,
): Promise<OpenRun> {
	const session = await openSession(context);
	const prepareCall = open(session);
	return {
		concurrency: session.concurrency,
		giveUp: session.giveUp,
		prepare(item) {
			const skipped = skippedBefore(context, item);
			if (skipped) return async () => skipped;
			return prepareCall(readCall(context, item), item);
		},
	};
}
