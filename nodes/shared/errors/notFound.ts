import { errorsOf } from './errorsOf';

const NO_END = 'There is no call yet that has ended';

export const notFound = errorsOf('notFound', {
	// At PolyAI
	call: [
		'PolyAI does not know the call “{callSid}”',
		'PolyAI forgets a call’s status about two hours after the call has ended. If the call is more recent, check its call SID[ and that it was placed in the environment {environment}], and whether the credential is the one with which it was placed.',
	],
	conversation: [
		'PolyAI has no conversation of the call “{callSid}”',
		'A conversation begins when the call has left the queue. If the call is older, check its call SID and the agent ID in the credential, and ask PolyAI whether your project shows its conversations.',
	],
	recording: [
		'PolyAI has no recording of the call “{callSid}”',
		'A call that nobody took has none, and a recording may be ready only some minutes after the end of the call. If others are missing too, check the agent ID in the credential, and ask PolyAI whether your project keeps recordings.',
	],
	conversations: [
		'PolyAI does not list the conversations of this agent',
		"Check the 'Workspace ID', which begins with ws-, and the region and the agent ID in the credential.",
	],
	agent: [
		'PolyAI accepts the API key, but does not know the agent',
		'Check the agent ID and the region.',
	],
	outboundCalling: [
		'PolyAI has no outbound calling for this agent and environment[: {said}]',
		'Check the environment, and the agent ID and the region in the credential. If they are right, ask PolyAI to set up outbound calling for this environment of the agent.',
	],
	address: [
		'PolyAI has nothing at this address[: {said}]',
		'Check the region or the base URL in the credential. If they are right, ask PolyAI whether outbound calling is set up for your project.',
	],

	// Calls for "Fetch Test Event"
	endInCallLog: [
		NO_END,
		"Place a call with PolyAI Outbound and its option 'Call Log'. When the call has ended, fetch the test event again.",
	],
	endOfCallSids: [
		NO_END,
		'Enter the call SID of a call that has ended within the last two hours, and fetch the test event again.',
	],
	endOfConversation: [
		NO_END,
		"Have the agent call somebody. When the call has ended, fetch the test event again. Check the 'Workspace ID' and the 'Environment' if it stays away.",
	],
	endOfTrackedCall: [
		NO_END,
		'Place a call with a PolyAI Outbound node and the same credential, from any workflow of this n8n. When the call has ended, fetch the test event again.',
	],

	// Data tables
	tableUntilFirstCall: [
		'There is no data table “{table}” yet',
		'It is created with the first call that PolyAI Outbound writes into it. Check that the name is the same in both nodes.',
	],
	table: [
		'There is no data table “{table}” for the {purpose}',
		"Choose another one under '{field}', or create a new one there. The API key sees only the tables of its owner.",
	],
	chosenTable: [
		'n8n does not know this data table',
		'It may have been deleted. Choose the table once more, or another one.',
	],
	dataTables: [
		'There is no n8n with data tables at {baseUrl}',
		"n8n opens its data tables to nodes of the community from version 2.7 on. If yours is newer, fill in 'n8n Base URL' in the PolyAI Data Tables API credential: the address at which you open n8n.",
	],
	person: [
		'“{who}” is not in this campaign',
		"Check the text against the columns 'person' and 'phoneNumber' of the data table. Nobody was stopped.",
	],
	rowOfCall: [
		'The row of this call was deleted from the call log',
		'Keep the rows of calls that have not ended yet.',
	],
});
