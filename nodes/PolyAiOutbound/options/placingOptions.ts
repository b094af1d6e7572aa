import { callLogOption } from './callLog';
import { doNotCallOption } from './doNotCallList';
import { callingHours } from './callingHours';
import { callKey } from './callKey';
import { encryption } from './encryption';
import { includeInputFields } from './includeInputFields';
import { metadata } from './metadata';
import { notCalledWithin } from './notCalledWithin';
import { numberOptions } from './numberOptions';
import { switchOption, type Option } from '../../n8n/option';
import {
	callsPerMinute,
	maxConcurrency,
	requestTimeout,
	retryServerErrors,
} from './sendingOptions';
import { variantId } from './variantId';
import { workspaceId } from '../placing/findUnconfirmedCall';

export const skipDuplicates = switchOption({
	displayName: 'Skip Duplicates',
	name: 'skipDuplicates',
	default: false,
	description:
		'Whether to call a phone number only once per execution, loops included. Later items with this number come out with the status skipped. Default: off.',
});

/** The options of every operation that places calls. */
export const placingOptions: Array<Option<unknown>> = [
	...numberOptions,
	callKey,
	callLogOption,
	callingHours,
	callsPerMinute,
	doNotCallOption,
	encryption,
	includeInputFields,
	maxConcurrency,
	metadata,
	notCalledWithin,
	requestTimeout,
	retryServerErrors,
	skipDuplicates,
	variantId,
	workspaceId,
];
