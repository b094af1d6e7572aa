import { callLogOption } from '../callLog/callLogOption';
import { doNotCallOption } from '../doNotCall/doNotCallOption';
import { callingHours } from '../options/callingHours';
import { callKey } from '../options/callKey';
import { encryption } from '../options/encryption';
import { includeInputFields } from '../options/includeInputFields';
import { metadata } from '../options/metadata';
import { notCalledWithin } from '../callLog/notCalledWithin';
import { numberOptions } from '../options/numberOptions';
import { switchOption, type Option } from '../../n8n/option';
import {
	callsPerMinute,
	maxConcurrency,
	requestTimeout,
	retryServerErrors,
} from '../options/sendingOptions';
import { variantId } from '../options/variantId';
import { workspaceId } from './findCall';

export const skipDuplicates = switchOption({
	displayName: 'Skip Duplicates',
	name: 'skipDuplicates',
	default: false,
	description:
		'Whether a phone number that occurs more than once in an execution, loops included, is called only once. Later items come out with status skipped. Default: off.',
});

/** The options of every operation that places calls. */
export const callingOptions: Array<Option<unknown>> = [
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
