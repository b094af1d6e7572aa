import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { choiceOption, type Option } from '../../../n8n/option';
import { wallClock } from '../../../n8n/wallClock';
import { badRequest } from '../../../shared/errors/badRequest';
import { NOT_CALLED_YET, type CampaignRow } from '../../../shared/campaign/campaignRow';
import { textOf } from '../../../shared/textOf';
import { isoTime } from '../../../shared/time/isoTime';
import { readMoment } from '../../../shared/time/readMoment';
import type { Operation } from '../../operation';
import { includeInputFields } from '../../options/includeInputFields';
import { metadata } from '../../options/metadata';
import { numberOptions } from '../../options/numberOptions';
import { optionsOf } from '../../run/session';
import { phoneNumberFields, readPhoneNumber } from '../phoneNumber/phoneNumberFields';
import { CAMPAIGN_CONCURRENCY, campaignFields, openPeople } from './campaignFields';

const personField: INodeProperties = {
	displayName: 'Person',
	name: 'person',
	type: 'string',
	default: '',
	placeholder: 'e.g. customer-4711',
	description:
		'A unique name for the person, such as an ID or an email address. Each person is in a campaign only once. Leave it empty to use the phone number.',
};

const callFrom = momentOption({
	displayName: 'Call From',
	name: 'callFrom',
	description: 'The earliest date and time at which to call the person. Default: now.',
});

const callUntil = momentOption({
	displayName: 'Call Until',
	name: 'callUntil',
	description: 'The latest date and time at which to call the person. Default: no limit.',
});

const ifAlreadyThere = choiceOption({
	displayName: 'If Already There',
	name: 'ifAlreadyThere',
	options: [
		{ name: 'Skip', value: 'skip', description: 'Leave the person unchanged' },
		{
			name: 'Start Over',
			value: 'startOver',
			description: 'Call the person again, with all attempts, unless a call is in progress',
		},
		{
			name: 'Update',
			value: 'update',
			description: 'Change only the number, the metadata, and the times',
		},
	],
	default: 'skip',
	description: 'What to do with a person who is already in the campaign. Default: Skip.',
});

export const addPerson: Operation = {
	resource: 'campaign',
	value: 'addPerson',
	name: 'Add Person',
	action: 'Add person to campaign',
	description: 'Add a person to a campaign, to be called by its next runs',
	toolDescription:
		'Adds a person to a calling campaign: a voice agent will call them within the calling hours, and again if they are not reached. Use it only when a call to this person is wanted.',
	fields: [
		...campaignFields(
			'The data table with the people of the campaign. If you enter a name, the first person creates the table.',
		),
		...phoneNumberFields,
		personField,
	],
	options: [...numberOptions, callFrom, callUntil, ifAlreadyThere, includeInputFields, metadata],
	async open(context) {
		const people = await openPeople(context, 0);
		return {
			concurrency: CAMPAIGN_CONCURRENCY,
			prepare(item) {
				const row = readRow(context, item);
				const choice = ifAlreadyThere.read(optionsOf(context, item));
				return async () => {
					const { row: known, isNew } = await people.add(row);
					const changed = isNew ? undefined : await change(known, choice);
					const { person, phoneNumber, state } = changed ?? known;
					return { person, phoneNumber, state, isNew };
				};

				async function change(known: typeof row & { id: number }, how: typeof choice) {
					if (how === 'update') return await people.update(known, row);
					return how === 'startOver' ? await people.startOver(known, row) : undefined;
				}
			},
		};
	},
};

/** @throws CallError as `readPhoneNumber`, or `badRequest` for anything but a date and time */
function readRow(context: IExecuteFunctions, item: number): CampaignRow {
	const { phoneNumber } = readPhoneNumber(context, item);
	const options = optionsOf(context, item);
	const zone = context.getTimezone();
	const told = metadata.read(options);
	return {
		...NOT_CALLED_YET,
		person: textOf(context.getNodeParameter('person', item, '')).trim() || phoneNumber,
		phoneNumber,
		nextCallAt: callFrom.read(options, zone) ?? new Date(wallClock.now()).toISOString(),
		callUntil: callUntil.read(options, zone) ?? null,
		metadata: told ? JSON.stringify(told) : null,
	};
}

interface MomentOption extends Option<string | undefined> {
	/** @param timeZone of a text that names none. Returns ISO 8601 in UTC. */
	read(options: IDataObject, timeZone?: string): string | undefined;
}

function momentOption(
	definition: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
): MomentOption {
	const { displayName, name } = definition;
	return {
		field: { ...definition, type: 'dateTime', default: '' },
		read(options, timeZone = 'UTC') {
			const given = options[name] ?? '';
			if (given === '') return undefined;
			const time = isoTime(readMoment(given, timeZone));
			if (time) return time;
			throw badRequest.noDate({ field: displayName });
		},
	};
}
