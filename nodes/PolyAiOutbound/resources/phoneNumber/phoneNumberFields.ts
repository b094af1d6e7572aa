import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import {
	understandNumber,
	type NumberRules,
	type UnderstoodNumber,
} from '../../../shared/phoneNumbers/understandNumber';
import { filledInByModel } from '../../agentTool';
import { countries } from '../../options/countries';
import { readNumberRules } from '../../options/numberOptions';
import { optionsOf } from '../../run/session';

const phoneNumberField: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. +44 20 7946 0018',
	description:
		"With + and the country code, or as it is dialed in the 'Default Country'. Spaces, dashes, and brackets don't matter.",
};

export const phoneNumberFields: INodeProperties[] = [
	...filledInByModel(
		phoneNumberField,
		'The phone number, with + and the country code, such as +442079460018. Take it from the user or from data. Never make one up.',
	),
	{
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'options',
		options: [{ name: 'None (Numbers Include Country Code)', value: '' }, ...countries],
		default: '',
		description:
			'The country of numbers that are written without + and a country code. A number that could also belong to another country is not called.',
	},
];

/** @throws CallError as `understandNumber` */
export function readPhoneNumber(
	context: IExecuteFunctions,
	item: number,
	rules = rulesFor(context, item),
): UnderstoodNumber {
	return understandNumber(context.getNodeParameter('phoneNumber', item, ''), rules);
}

/** How the numbers of an item are understood. */
export function rulesFor(
	context: IExecuteFunctions,
	item: number,
	options = optionsOf(context, item),
): NumberRules {
	const defaultCountry = context.getNodeParameter('defaultCountry', item, '') as string;
	return readNumberRules(String(defaultCountry ?? ''), options);
}
