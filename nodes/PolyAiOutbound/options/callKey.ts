import { badRequest } from '../../shared/errors/badRequest';
import { textOf } from '../../shared/textOf';
import type { Option } from '../../n8n/option';

/** What names a call, so that no execution places it a second time. */
export const callKey: Option<string | undefined> = {
	field: {
		displayName: 'Call Key',
		name: 'callKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. appointment-4711',
		description:
			'A text that names the call, such as the ID of an appointment. A call with the same key is placed only once, whichever execution asks: later items come out with status skipped. Default: none.',
	},
	read(options) {
		if (!('callKey' in options)) return undefined;
		const key = textOf(options.callKey).trim();
		if (key !== '') return key;
		throw badRequest.noCallKey();
	},
};
