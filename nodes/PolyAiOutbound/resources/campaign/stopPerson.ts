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
		'The person as the campaign names them, or their phone number with + and country code',
};

export const stopPerson: Operation = {
	resource: 'campaign',
	value: 'stopPerson',
	name: 'Stop Person',
	action: 'Stop calling person of campaign',
	description: 'Call a person of a campaign no more. A call in progress goes on.',
	toolDescription:
		'Takes care that a calling campaign calls a person no more. It calls nobody. Use it when a person asks not to be called again.',
	fields: [...campaignFields('The data table that holds the people of the campaign'), whoField],
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
