import { numberOption, switchOption } from '../../n8n/option';

export const maxConcurrency = numberOption({
	displayName: 'Max Concurrency',
	name: 'maxConcurrency',
	default: 5,
	min: 1,
	max: 100,
	description: 'Maximum number of parallel requests to PolyAI. Default: 5.',
});

/** A day is the slowest pace that makes sense. */
export const callsPerMinute = numberOption({
	displayName: 'Calls per Minute',
	name: 'callsPerMinute',
	default: 0,
	min: 0,
	max: 6000,
	description:
		'Maximum number of calls to start per minute, across all executions of this n8n process that use the same credential and this option. Default: 0, which means unlimited.',
});

/** n8n itself gives up after 300 seconds. */
export const requestTimeout = numberOption({
	displayName: 'Request Timeout (Seconds)',
	name: 'requestTimeout',
	default: 30,
	min: 1,
	max: 300,
	description: 'How many seconds to wait for an answer from PolyAI. Default: 30.',
});

export const retryServerErrors = switchOption({
	displayName: 'Retry Server Errors',
	name: 'retryServerErrors',
	default: true,
	description:
		"Whether to send a call again if PolyAI itself answers that it couldn't queue it. After a server error that doesn't come from PolyAI, a call is never sent again. Default: on.",
});
