import { errorsOf } from './errorsOf';

/** Said plainly: nobody can tell whether the phone has rung. */
function unconfirmed(because: string) {
	return [
		"PolyAI didn't confirm whether this call was placed",
		`${because}. The call was not sent again, so that nobody is phoned twice. Check in PolyAI’s Agent Studio whether it took place before you place it once more.`,
	] as const;
}

export const outcomeUnknown = errorsOf('outcomeUnknown', {
	reset: unconfirmed('The connection broke after the request had been sent'),
	timeout: unconfirmed('PolyAI did not answer in time'),
	network: unconfirmed('The connection was lost after the request had been sent'),
	unreadable: unconfirmed('PolyAI’s answer could not be read'),
	unclear: unconfirmed('PolyAI’s answer does not say whether it took the call'),
	answeredByOther: unconfirmed(
		'A server between n8n and PolyAI answered in its place, maybe after PolyAI had taken the call',
	),
	earlierTry: unconfirmed('An earlier try of this item sent the call and got no clear answer'),
	interruptedRun: unconfirmed(
		'An earlier run of this execution was interrupted while it placed this call, or just before',
	),
});
