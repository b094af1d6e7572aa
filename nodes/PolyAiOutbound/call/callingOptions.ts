import { callLogOption } from '../callLog/callLogOption';
import { callingHours } from '../options/callingHours';
import { numberOptions } from '../options/numberOptions';
import { switchOption, type Option } from '../options/option';
import {
	callsPerMinute,
	maxConcurrency,
	requestTimeout,
	retryServerErrors,
} from '../options/sendingOptions';

export const skipDuplicates = switchOption({
	displayName: 'Skip Duplicates',
	name: 'skipDuplicates',
	default: false,
	description:
		'Whether a phone number that occurs more than once in a run is called only once. Later items come out with status skipped. Default: off.',
});

/** The options of every operation that places calls. */
export const callingOptions: Array<Option<unknown>> = [
	...numberOptions,
	callLogOption,
	callingHours,
	callsPerMinute,
	maxConcurrency,
	requestTimeout,
	retryServerErrors,
	skipDuplicates,
];
