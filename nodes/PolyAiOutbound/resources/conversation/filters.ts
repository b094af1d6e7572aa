import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { badRequest } from '../../../shared/errors/badRequest';
import { outcomeOf, type Outcome } from '../../../shared/polyai/conversations/outcome';
import type { Wanted } from '../../../shared/polyai/conversations/readListed';
import { numberIn } from '../../../shared/phoneNumbers/understandNumber';
import { readVariantId, variantField } from '../../options/variantField';
import { textOf } from '../../../shared/textOf';
import { readMoment } from '../../../shared/time/readMoment';

const OUTCOMES: Array<{ name: string; value: Outcome; description: string }> = [
	{ name: 'Answered', value: 'answered', description: 'Answered by a person or a phone menu' },
	{ name: 'Not Reached', value: 'notReached', description: 'Not answered' },
	{
		name: 'Unknown',
		value: 'unknown',
		description: "Not ended yet, or PolyAI doesn't say who answered",
	},
	{ name: 'Voicemail', value: 'voicemail', description: 'Answered by voicemail' },
];

export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Inbound', value: 'inbound', description: 'Calls to the agent' },
				{ name: 'Outbound', value: 'outbound', description: 'Calls that the agent placed' },
			],
			default: 'outbound',
			description: 'Which calls to return. Default: both.',
		},
		{
			displayName: 'Outcome',
			name: 'outcome',
			type: 'multiOptions',
			options: OUTCOMES,
			default: ['answered'],
			description: 'How the calls went. Default: all.',
		},
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. +44 20 7946 0018',
			description:
				'Only calls with this number. Write it with + and the country code. Default: all.',
		},
		{
			displayName: 'Started After',
			name: 'startedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only calls that started at this time or later. Default: no limit.',
		},
		{
			displayName: 'Started Before',
			name: 'startedBefore',
			type: 'dateTime',
			default: '',
			description: 'Only calls that started before this time. Default: now.',
		},
		{
			...variantField,
			description: 'Only calls with this variant of the agent. Default: all.',
		},
	],
};

/** Which conversations of a list are wanted. */
export interface Filters {
	/** Milliseconds since 1970: those that began then or later … */
	from?: number;
	/** … and before this. */
	to?: number;
	fits: Wanted<unknown>['fits'];
	lacks: Wanted<unknown>['lacks'];
}

/** @throws CallError for an invalid value, which an expression may return */
export function readFilters(context: IExecuteFunctions, item: number): Filters {
	const given = context.getNodeParameter('filters', item, {}) as IDataObject;
	const moment = (name: 'startedAfter' | 'startedBefore', title: string) => {
		if ((given[name] ?? '') === '') return undefined;
		const time = readMoment(given[name], context.getTimezone());
		if (time !== undefined) return time;
		throw badRequest.noDate({ field: title });
	};
	const digits = digitsOf(given.phoneNumber);
	const variantId = readVariantId(given.variantId);
	const outcomes = [given.outcome ?? []].flat() as string[];
	return {
		from: moment('startedAfter', 'Started After'),
		to: moment('startedBefore', 'Started Before'),
		lacks: ({ direction, variantId: known }) => {
			return direction === undefined || (variantId !== undefined && known === undefined);
		},
		fits(one, isWhole) {
			const isOpen = (value: unknown) => value === undefined && !isWhole;
			const number = one.direction === undefined ? undefined : one.phoneNumber;
			return (
				(!given.direction || isOpen(one.direction) || one.direction === given.direction) &&
				(outcomes.length === 0 || outcomes.includes(outcomeOf(one, one))) &&
				(!digits || isOpen(number) || number?.replace(/\D/g, '') === digits) &&
				(!variantId || isOpen(one.variantId) || one.variantId === variantId)
			);
		},
	};
}

/** Undefined if all numbers are wanted. */
function digitsOf(phoneNumber: unknown): string | undefined {
	if (textOf(phoneNumber).trim() === '') return undefined;
	const rules = { defaultCountry: '', allowPremium: true, allowedCountries: [] };
	return numberIn(phoneNumber, { ...rules, numberCheck: 'possible' }).number.replace(/\D/g, '');
}
