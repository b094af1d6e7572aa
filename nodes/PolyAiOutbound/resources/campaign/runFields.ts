import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { choiceOption, numberOption, type Option } from '../../../n8n/option';
import type { CampaignRules } from '../../../shared/campaign/campaignTools';
import { badRequest } from '../../../shared/errors/badRequest';
import { textOf } from '../../../shared/textOf';
import { campaignHours } from '../../options/callingHours';
import { countries } from '../../options/countries';
import { doNotCallOption } from '../../options/doNotCallList';
import { environmentOf } from '../../options/environment';
import { notCalledWithin } from '../../options/notCalledWithin';
import { maxConcurrency } from '../../options/sendingOptions';
import { optionsOf } from '../../run/session';
import { listOf } from '../../../shared/listOf';

const maxAttempts = numberOption({
	displayName: 'Max Attempts',
	name: 'maxAttempts',
	default: 3,
	min: 1,
	max: 100,
	description: 'Maximum number of calls to a person who is not reached',
});

const maxLiveCalls = numberOption({
	displayName: 'Max Live Calls',
	name: 'maxLiveCalls',
	default: 5,
	min: 1,
	max: 1000,
	description:
		'Maximum number of calls of the campaign in progress at once, across all its runs. The next one is placed when one has ended.',
});

const tryAgainField: INodeProperties = {
	displayName: 'Try Again After (Minutes)',
	name: 'tryAgainAfter',
	type: 'string',
	default: '120, 1440',
	placeholder: 'e.g. 120, 1440',
	description:
		'How long to wait after the first call that did not reach the person, after the second, and so on. The last one repeats. If necessary, the next call is moved into the calling hours.',
};

export const runFor = numberOption({
	displayName: 'Run For (Seconds)',
	name: 'runFor',
	default: 50,
	min: 5,
	max: 3600,
	description:
		'For how long a run places calls. Choose less than the interval of the Schedule Trigger. Default: 50.',
});

export const voicemailCountsAs = choiceOption({
	displayName: 'Voicemail Counts As',
	name: 'voicemailCountsAs',
	options: [
		{ name: 'Not Reached', value: 'notReached', description: 'The person is called again' },
		{ name: 'Reached', value: 'reached', description: 'The campaign ends for the person' },
	],
	default: 'reached',
	description:
		'How to count a call that voicemail answered. PolyAI only reports voicemail with the Agents API, up to a minute after the call. Default: Reached.',
});

/** For what people have written into tables; people are added with their country code. */
export const defaultCountry: Option<string> = {
	field: {
		displayName: 'Default Country',
		name: 'defaultCountry',
		type: 'options',
		options: [{ name: 'Country of the Person', value: '' }, ...countries],
		default: '',
		description:
			'The country of numbers that are written without + and a country code in the do-not-call list, or in a row that you have edited. Default: in the list, the country of the person who would be called.',
	},
	read: (options) => textOf(options.defaultCountry).trim(),
};

/** People whom others have called lately aren't skipped for good: they wait. */
export const notCalledWithinOfRun: Option<number> = {
	...notCalledWithin,
	field: {
		...notCalledWithin.field,
		description:
			"Minimum number of hours since the last call to the same number by anything else with the same 'Call Log'. Until then, the person waits. The campaign's own calls follow 'Try Again After'. Default: 0, which means no limit.",
	},
};

export const doNotCallOptionOfRun: Option<unknown> = {
	...doNotCallOption,
	field: {
		...doNotCallOption.field,
		description:
			"A data table with people who are never called, checked right before each call is sent. They come out with the outcome stopped. If a number in the table can't be read, no one is called. Default: none.",
	},
};

/** The fields of a run, below the campaign and the environment. */
export const runFields: INodeProperties[] = [
	campaignHours.field,
	maxAttempts.field,
	tryAgainField,
	maxLiveCalls.field,
];

/** PolyAI asks to read a status every 2 to 5 seconds. */
const POLL_INTERVAL_MS = 3000;

/** @throws CallError `badRequest` for a field that can't be read */
export function rulesOf(context: IExecuteFunctions, item: number): (now: number) => CampaignRules {
	const field = (name: string) => ({ [name]: context.getNodeParameter(name, item) as IDataObject });
	const options = optionsOf(context, item);
	const runForMs = runFor.read(options) * 1000;
	const rules = {
		window: campaignHours.read(field('callingHours')),
		maxAttempts: Math.floor(maxAttempts.read(field('maxAttempts'))),
		tryAgainAfter: readPauses(context.getNodeParameter('tryAgainAfter', item)),
		maxLiveCalls: Math.floor(maxLiveCalls.read(field('maxLiveCalls'))),
		environment: environmentOf(context, item),
		pollIntervalMs: POLL_INTERVAL_MS,
		concurrency: Math.floor(maxConcurrency.read(options)),
	};
	return (now) => ({ ...rules, until: now + runForMs });
}

function readPauses(given: unknown): number[] {
	const minutes = listOf(given).map(Number);
	if (minutes.length > 0 && minutes.every((one) => one >= 0 && one <= LONGEST_PAUSE))
		return minutes;
	throw badRequest.noPauses();
}

/** Minutes of a year. */
const LONGEST_PAUSE = 525_600;
