import { textsOf } from './fillText';

/** What stands before or behind the description of an error, also of one that only a field of the output tells. */
export const addedSentences = textsOf({
	notPlaced: 'No call was placed.',
	oneCountry: "If you call one country only, choose it under 'Allowed Countries' in the options.",
	withPlus: 'If it is {number}, write it with the +.',
	pausedUntil: 'PolyAI takes no requests until {minute}.',
	notInList:
		'PolyAI’s list did not show it within a minute, or shows more than one call that it could be.',
	notRecorded:
		'The call to {phoneNumber} was placed with the call SID {callSid}, but n8n could not save that, so its result will not come out.',
	notInCallLog:
		'The call was placed, but its call SID could not be written into the call log, so that PolyAI Outbound Trigger will not report it from there.',
	campaignByAddPerson:
		'Campaign > Add Person creates it with the first person. Add people first, and check that the name is the same in both nodes.',
	countryOfList:
		"If the list has numbers without + and a country code, choose their country under 'Default Country' in the options.",
	listByBlock: 'Phone Number > Block creates it with the first number.',
});
