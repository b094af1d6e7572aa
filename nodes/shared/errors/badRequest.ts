import { errorsOf } from './errorsOf';

const HOURS = "'Calling Hours' can't be read";
const TIME = 'Write it as HH:mm, such as 09:00, or with am or pm, such as 9:00 AM.';
const DATA_TABLES = 'the PolyAI Data Tables API credential';
const N8N_URL =
	'Write the address at which you open n8n, for example https://n8n.example.com. Only addresses in your own network may begin with http://, for example http://localhost:5678.';
const METADATA =
	'PolyAI takes only text, numbers, dates, and true or false. Choose one part of the value, or write it as text.';
const JSON_EXAMPLE = 'Write it like this: {"name": "Ann", "order": "1234"}';

export const badRequest = errorsOf('badRequest', {
	// Of any node or item
	unknownOperation: [
		'This operation does not exist',
		"Choose another one under 'Operation'. For other requests to PolyAI use the HTTP Request node.",
	],
	unknownSource: ['This source does not exist', "Choose another entry of 'Trigger On'."],
	unknownAuthentication: [
		'This authentication does not exist',
		"Choose another one under 'Authentication'.",
	],
	unreadableItem: [
		'This item could not be read',
		'Check the expressions in the fields and options of the node.',
	],

	// Fields and options
	noNumber: [
		"'{field}' must be a number from {min} to {max}",
		'Enter such a number, or let the expression give one.',
	],
	noSwitch: [
		"'{field}' must be true or false",
		'Turn it on or off, or let the expression give true or false.',
	],
	noChoice: [
		"'{field}' must be one of: {choices}",
		'Choose from the list, or let the expression give one of these values.',
	],
	noCountryCode: [
		"“{code}” in '{field}' is not a country code",
		'Write the two letters of the country, for example US, GB or DE.',
	],
	noDate: [
		"'{field}' is not a date and time",
		'Write it like 2026-11-26T09:00:00, or use {{ $now.minus({ days: 1 }) }}.',
	],
	noLimit: ["'Limit' must be a whole number from 1 on", "Or turn on 'Return All'."],
	noPauses: [
		"'Try Again After' can't be read",
		'Write minutes separated by commas, such as 120, 1440: two hours, then a day.',
	],
	nobodyToStop: ["'Person or Phone Number' is empty", 'Fill in who is not to be called anymore.'],
	noFileField: [
		"'Put Output File in Field' is empty",
		'Fill in the name of the field that the recording goes into, for example data.',
	],
	noCallSid: [
		'The call SID is empty',
		"Fill in 'Call SID' with the callSid that came out when the call was triggered.",
	],
	callSidRefused: [
		"PolyAI didn't accept the call SID “{callSid}”[: {said}]",
		"Fill in 'Call SID' with the callSid that came out when the call was triggered. PolyAI forgets a call’s status about two hours after the call has ended.",
	],
	severalCallSids: [
		"'Call SID' holds more than one call SID",
		'One item is about one call. Put a Split Out node before this one, which makes an item of each call SID in a list.',
	],
	noCallKey: [
		'The call key is empty',
		"Give every call a key of its own, such as the ID of an appointment, or remove the option 'Call Key'.",
	],
	noPlaceForCallKeys: [
		'This n8n cannot remember call keys',
		"Update n8n, or add the option 'Call Log'.",
	],
	notCalledWithinWithoutLog: [
		"'Not Called Within' needs a call log",
		"Add the option 'Call Log'. All workflows with the same table know of each other’s calls.",
	],
	encryptionNotOffered: [
		'PolyAI does not offer the encryption {encryption} here',
		"Choose another one under 'Encryption': {offered}.",
	],
	hoursAsNumber: [HOURS, `"{text}" in '{field}' is a number, not a time of day. ${TIME}`],
	hoursUnreadable: [HOURS, `"{text}" in '{field}' isn't a time of day. ${TIME}`],
	hoursFromEndOfDay: [
		HOURS,
		`"{text}" in 'From' is the end of a day. For its beginning, write 00:00.`,
	],
	hoursUnknownDay: [
		HOURS,
		`"{text}" in 'Days' isn't a day of the week. Write it in English, such as Monday, Mon or Mon-Fri.`,
	],
	hoursWithoutDays: [
		HOURS,
		"'Days' is empty, so no one could ever be called. Choose at least one day.",
	],

	// Metadata
	metadataIsList: ['The metadata “{name}” is a list', METADATA],
	metadataIsNoNumber: ['The metadata “{name}” is not a number', METADATA],
	metadataIsNoDate: ['The metadata “{name}” is not a date', METADATA],
	metadataIsObject: ['The metadata “{name}” is an object with parts of its own', METADATA],
	metadataIsNoJson: [
		'The metadata cannot be read as JSON',
		`${JSON_EXAMPLE}. Names and texts stand in double quotes.`,
	],
	metadataIsNoJsonObject: ['The metadata is not a JSON object', JSON_EXAMPLE],
	metadataWithoutName: ['A metadata field has no name', "Fill in 'Name', or remove the field."],
	metadataName: [
		'The metadata name “{name}” cannot be used',
		'Use only the letters A to Z, digits, _ and -, and no spaces.',
	],
	metadataNameTwice: [
		'The metadata name “{name}” occurs more than once',
		'Give every field a name of its own.',
	],
	metadataTooLarge: [
		'The metadata is too large',
		'PolyAI takes less than {limit} kB with a call, and this is {size} kB in the form in which it is sent. Leave out what the voice agent does not need.',
	],

	// Credentials
	noCredential: [
		'No credential for {credential} is chosen',
		'Choose one at the top of the node, or create it there.',
	],
	noSecret: ['The {secret} is empty', 'Paste the one that PolyAI issued.'],
	unknownRegion: [
		'The {credential} credential has an unknown region: {region}',
		"Open the credential and choose another one under 'Region'.",
	],
	baseUrl: [
		'The base URL in the {credential} credential cannot be used',
		'Write it as PolyAI gave it to you, beginning with https:// and with nothing after the host, for example https://api.example.com. Only addresses on this computer (localhost) may begin with http://.',
	],
	triggerPath: [
		'The trigger path in the PolyAI API credential is not one that PolyAI has',
		"Choose another one under 'Trigger Path'.",
	],
	agentId: [
		'The agent ID in the PolyAI Agents API credential cannot be used',
		'Copy it from Agent Studio, where it begins with PROJECT-.',
	],
	workspaceId: [
		"The 'Workspace ID' cannot be used",
		'Copy it from Agent Studio, where it begins with ws-.',
	],
	n8nBaseUrl: [`The base URL in ${DATA_TABLES} cannot be used`, N8N_URL],
	n8nsOwnUrl: [
		'The address that n8n gives for itself cannot be used',
		`Fill in 'n8n Base URL' in ${DATA_TABLES}. ${N8N_URL}`,
	],
	conversationsNeedKey: [
		'Reading conversations requires an API key',
		'Choose a credential of the type PolyAI Agents API. An API key is made in Agent Studio, on the home page of your workspace.',
	],
	listNeedsKey: [
		'Listing calls requires an API key',
		"Choose a credential of the type PolyAI Agents API, or another entry of 'Trigger On'.",
	],

	// Data tables
	noTable: ['No data table is chosen for the {purpose}', "Choose the table under '{field}'."],
	severalTables: [
		'There are {count} data tables named “{table}”',
		'Choose the one for the {purpose} from the list, or by its ID.',
	],
	missingColumns: [
		'The data table “{table}” lacks columns of a {purpose}: {columns}',
		"Add them as texts, or create a new table under '{field}'.",
	],
	unreadableRow: [
		"The do-not-call list “{list}” can't be read in row {row}: {why}",
		"Correct the cell, or delete the row: as long as it can't be read, it could be anybody's number.[ {whatToDo}]",
	],
	tablesFull: [
		'The data tables of n8n are full[: {said}]',
		"Delete rows or tables that you no longer need, let PolyAI Outbound Trigger delete old calls with its option 'Keep Ended Calls', or have the limit of this n8n raised (N8N_DATA_TABLES_MAX_SIZE_BYTES).",
	],
	refusedByTables: [
		"n8n didn't accept the request for a data table[: {said}]",
		'Check that the data table has all its columns, or create a new one.',
	],

	// What PolyAI does not accept
	refused: ["PolyAI didn't accept the request[: {said}]", 'Check the values of this item.'],
	regionWithoutList: [
		'PolyAI lists no conversations in the region Studio',
		'Where PolyAI has given you an address for it, use a PolyAI Agents API credential with the region Custom and that address.',
	],
});
