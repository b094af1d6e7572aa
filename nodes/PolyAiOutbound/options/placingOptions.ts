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
		'Whether a phone number that occurs more than once in an execution, loops included, is called only once. Later items come out with status skipped. Default: off.',
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
