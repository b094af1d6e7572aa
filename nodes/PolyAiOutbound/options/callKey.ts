import { badRequest } from '../../shared/errors/badRequest';
import { textOf } from '../../shared/textOf';
import type { Option } from '../../n8n/option';

/** Names a call, so that no execution places it a second time. */
export const callKey: Option<string | undefined> = {
	field: {
		displayName: 'Call Key',
		name: 'callKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. appointment-4711',
		description:
			'A unique name for the call, such as an appointment ID. A call with the same key is placed only once, whichever execution asks for it. Later items come out with the status skipped. Default: none.',
	},
	read(options) {
		if (!('callKey' in options)) return undefined;
		const key = textOf(options.callKey).trim();
		if (key !== '') return key;
		throw badRequest.noCallKey();
	},
};
