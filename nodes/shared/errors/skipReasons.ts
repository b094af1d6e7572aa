import { textsOf } from './fillText';

/** Why calls are deliberately not placed. */
export const skipReasons = textsOf({
	unknownTimeZone:
		"The time zone of {phoneNumber} isn't known, so its calling hours can't be kept.",
	neverOpen:
		'{phoneNumber} may be in any of {count} time zones, and there is no moment in the next 14 days at which it is {hours} in all of them.',
	closed: 'It is {weekday} {time} in {timeZone}. Calls are placed {hours}.',
	duplicateNumber: '{phoneNumber} stands in an earlier item of this execution.',
	keyWasUsed: 'The call key “{callKey}” was used for an earlier call.',
	lastCalled: '{phoneNumber} was last called at {minute} UTC.',
	calledAtNoTime:
		'The call log has a call to {phoneNumber}, and “{triggeredAt}” in its column triggeredAt is not a time.',
	leftToNextRun: 'The campaign has put it off.',
	onDoNotCallList: '{phoneNumber} is on the do-not-call list[: {why}].',
	noRoom:
		"{phoneNumber} was not called. 'Max Live Calls' leaves no room: calls before it may still be in progress.",
});
