import type { Operation } from './operation';
import { getStatus } from './resources/call/getStatus';
import { trigger } from './resources/call/trigger';
import { triggerAndWait } from './resources/call/triggerAndWait';
import { waitForResult } from './resources/call/waitForResult';
import { addPerson } from './resources/campaign/addPerson';
import { getPeople } from './resources/campaign/getPeople';
import { getProgress } from './resources/campaign/getProgress';
import { run } from './resources/campaign/run';
import { stopPerson } from './resources/campaign/stopPerson';
import { get } from './resources/conversation/get';
import { getMany } from './resources/conversation/getMany';
import { getRecording } from './resources/conversation/getRecording';
import { block } from './resources/phoneNumber/block';
import { isBlocked } from './resources/phoneNumber/isBlocked';
import { unblock } from './resources/phoneNumber/unblock';
import { validate } from './resources/phoneNumber/validate';

/**
 * All operations, in the order in which they are listed. n8n's node picker preselects the first.
 */
export const operations: readonly Operation[] = [
	trigger,
	triggerAndWait,
	getStatus,
	waitForResult,
	addPerson,
	getPeople,
	getProgress,
	run,
	stopPerson,
	get,
	getMany,
	getRecording,
	validate,
	block,
	isBlocked,
	unblock,
];

export const resources: Array<{ name: string; value: Operation['resource'] }> = [
	{ name: 'Call', value: 'call' },
	{ name: 'Campaign', value: 'campaign' },
	{ name: 'Conversation', value: 'conversation' },
	{ name: 'Phone Number', value: 'phoneNumber' },
];
