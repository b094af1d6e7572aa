import type { INodeProperties } from 'n8n-workflow';
import { badRequest } from '../../../shared/errors/badRequest';
import { notFound } from '../../../shared/errors/notFound';
import { textOf } from '../../../shared/textOf';
import type { Operation } from '../../operation';
import { CAMPAIGN_CONCURRENCY, campaignFields, findPeople } from './campaignFields';

const whoField: INodeProperties = {
	displayName: 'Person or Phone Number',
	name: 'who',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. customer-4711',
	description:
		'The name of the person in the campaign, or their phone number with + and the country code',
};

export const stopPerson: Operation = {
	resource: 'campaign',
	value: 'stopPerson',
	name: 'Stop Person',
	action: 'Stop calling person of campaign',
	description: 'Stop calling a person of a campaign. A call in progress goes on.',
	toolDescription:
		'Stops a calling campaign from calling a person again. It calls no one. Use it when a person asks not to be called again.',
	fields: [...campaignFields('The data table with the people of the campaign'), whoField],
	options: [],
	async open(context) {
		const people = await findPeople(context, 0);
		return {
			concurrency: CAMPAIGN_CONCURRENCY,
			prepare(item) {
				const who = textOf(context.getNodeParameter('who', item, '')).trim();
				if (who === '') throw badRequest.nobodyToStop();
				return async () => {
					const rows = await people.find(who);
					if (rows.length === 0) throw notFound.person({ who });
					let isStopped = false;
					for (const row of rows) isStopped = (await people.stop(row)) || isStopped;
					const [{ person, phoneNumber }] = rows as [(typeof rows)[number]];
					return { person, phoneNumber, isStopped };
				};
			},
		};
	},
};
