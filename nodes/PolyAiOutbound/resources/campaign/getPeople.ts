import type { INodeProperties } from 'n8n-workflow';
import { timeIn, toPersonOutput, type StoredPerson } from '../../../shared/campaign/campaignRow';
import { isoTime } from '../../../shared/time/isoTime';
import { withoutAbsent } from '../../../shared/withoutAbsent';
import { ManyOutputs, type Operation } from '../../operation';
import { limitFields, readLimit } from '../limitFields';
import { campaignFields, findPeople } from './campaignFields';
import { listOf } from '../../../shared/listOf';

const stateField: INodeProperties = {
	displayName: 'States',
	name: 'states',
	type: 'multiOptions',
	options: [
		{ name: 'Calling', value: 'calling', description: 'A call is in progress' },
		{ name: 'Ended', value: 'ended', description: 'No further call is placed' },
		{ name: 'Waiting', value: 'waiting', description: 'To be called, or called again' },
	],
	default: [],
	description: 'Which people to return. Default: all.',
};

export const getPeople: Operation = {
	resource: 'campaign',
	value: 'getPeople',
	name: 'Get People',
	action: 'Get people of campaign',
	description: 'Retrieve the people of a campaign, with the state of each',
	toolDescription:
		'Lists the people of a calling campaign: who has yet to be called, who was reached, and who was not. It calls no one.',
	fields: [
		...campaignFields('The data table with the people of the campaign'),
		...limitFields,
		stateField,
	],
	options: [],
	async open(context) {
		return {
			concurrency: 1,
			prepare(item) {
				const limit = readLimit(context, item);
				const states = listOf(context.getNodeParameter('states', item, []));
				return async () => {
					const people = await findPeople(context, item);
					return new ManyOutputs((await people.list(states, limit)).map(toOutput));
				};
			},
		};
	},
};

function toOutput(row: StoredPerson) {
	const { person, phoneNumber, outcome, ...rest } = toPersonOutput(row);
	const times = ['nextCallAt', 'callUntil', 'lastCallAt'] as const;
	return withoutAbsent({
		person,
		phoneNumber,
		state: row.state ?? '',
		outcome: outcome || undefined,
		...rest,
		...Object.fromEntries(times.map((name) => [name, isoTime(timeIn(row[name]))])),
	});
}
