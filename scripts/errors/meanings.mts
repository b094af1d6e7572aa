import type { ErrorCode } from '../../nodes/shared/callError.ts';

/** What each code means for the call, and what a workflow can do about it. */
export const MEANINGS: Record<ErrorCode, { means: string; whatToDo: string }> = {
	invalidPhoneNumber: {
		means: 'The phone number of this item is none that can be called. No call was placed.',
		whatToDo:
			'Correct the number where it comes from. The other items are not affected when **On Error** of the node is set to continue.',
	},
	notAllowed: {
		means:
			'The number exists, and a rule that you set in the options keeps it from being called. No call was placed.',
		whatToDo: 'Change the option if the call is wanted; otherwise leave the number out.',
	},
	unauthorized: {
		means:
			'A credential was refused, or may not do this: that for PolyAI, or that of the call log. No call was placed.',
		whatToDo:
			'Open the credential and check it; n8n tests it when you save it. Then run the item again.',
	},
	badRequest: {
		means: 'Something in the node, its options or the item cannot be used. No call was placed.',
		whatToDo: 'Change what the message names, then run the item again.',
	},
	notFound: {
		means:
			'PolyAI does not know the call, or nothing is at the address or under the name that was given.',
		whatToDo:
			'Read a status within two hours of the call’s end. For a new call check the credential that you use.',
	},
	rateLimited: {
		means:
			'PolyAI, or n8n for the call log, still asked to slow down after the node had waited and tried again. No call was placed by this item.',
		whatToDo: 'Lower the pace in the options, then run the item again.',
	},
	serverError: {
		means:
			'PolyAI, or n8n for its data tables, was temporarily unavailable. When a call was to be placed, it was not placed.',
		whatToDo: 'Run the item again later.',
	},
	unreachable: {
		means:
			'The request did not get through to PolyAI, or to n8n for the call log. When a call was to be placed, it was not placed.',
		whatToDo: 'Check the address and the network, then run the item again.',
	},
	outcomeUnknown: {
		means:
			'The call was sent and no clear answer came back: the phone may have rung, or not. The node never sends such a call again by itself.',
		whatToDo:
			'Look in PolyAI’s Agent Studio whether the call took place. Only place it once more if it did not.',
	},
	timedOut: {
		means:
			'The waiting ended before the call did, or the run was stopped. A call that was placed goes on at PolyAI.',
		whatToDo: 'Read the status later with **Get Status**, or wait longer with **Wait Timeout**.',
	},
};
