import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The environment of an n8n whose computer shows a later time, so that a test need not wait until
 * tomorrow. Nothing else is changed: the workflow and what n8n has saved stay as they are.
 */
export function clockAhead(ms: number): Record<string, string> {
	const preload = pathToFileURL(resolve('test/support/n8n/laterDate.mts')).href;
	return { NODE_OPTIONS: `--import=${preload}`, CLOCK_AHEAD_MS: String(ms) };
}
