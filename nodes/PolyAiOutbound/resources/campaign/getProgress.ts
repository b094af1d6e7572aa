import { progressOf } from '../../../shared/campaign/progress';
import { wallClock } from '../../../n8n/wallClock';
import type { Operation } from '../../operation';
import { campaignFields, findPeople } from './campaignFields';

export const getProgress: Operation = {
	resource: 'campaign',
	value: 'getProgress',
	name: 'Get Progress',
	action: 'Get progress of campaign',
	description: 'Count the people of a campaign by state, and estimate when it ends',
	toolDescription:
		'Gets the progress of a calling campaign: how many people were reached, how many have yet to be called, and when it is expected to end. It calls no one.',
	fields: campaignFields('The data table with the people of the campaign'),
	options: [],
	async open(context) {
		return {
			concurrency: 1,
			prepare(item) {
				return async () => {
					const people = await findPeople(context, item);
					return { ...progressOf(await people.list([], Infinity), wallClock.now()) };
				};
			},
		};
	},
};
