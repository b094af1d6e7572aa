import { MAGIC_ENDINGS } from './calls/magicNumbers.mts';
import { PROFILE_NAMES } from './profiles.mts';
import { DEFAULT_SETTINGS } from './settings.mts';
import { COMMAND, LEARN_MORE } from './startedAs.mts';

export const DEFAULT_PORT = 4010;

const { versions, token, queuedMs, callingMs, outcome, latencyMs } = DEFAULT_SETTINGS;

/** One line of help each: option, meaning, default. */
const OPTIONS: Array<[string, string, unknown?]> = [
	['--port N', 'port to listen on, at 127.0.0.1', DEFAULT_PORT],
	['--api-version G', 'g1, g2, g3, conversations, or a list with commas', versions.join()],
	['--token T', 'token to accept', token],
	['--queued S', 'seconds a call waits in the queue', queuedMs / 1000],
	['--calling S', 'seconds a call takes', callingMs / 1000],
	['--outcome O', 'success, no-answer, busy, voicemail, error …', outcome],
	['--latency MS', 'milliseconds before each answer', latencyMs],
	['--fault F', '429, 503, never, reset, garbage … or JSON; may be repeated'],
	['--profile P', `less forgiving: ${PROFILE_NAMES.join(', ')}, or a list`],
];

/** What people try first, in two columns; the README has all of them. */
const ENDINGS = [
	['01', '40'],
	['02', '53'],
	['03', '54'],
	['07', '57'],
	['09', '58'],
];

/** One screen: 24 lines of 80 columns at most. */
export const HELP = `PolyAI's outbound calling on this machine. No phone rings.

${COMMAND} [options]
${OPTIONS.map(optionLine).join('\n')}

In n8n: credential PolyAI API, Region Custom, Base URL http://127.0.0.1:${DEFAULT_PORT}

The last digits of +44 20 7946 00xx and +1 202 555 01xx decide what happens:
${ENDINGS.map(endingLine).join('\n')}

What happened: http://127.0.0.1:${DEFAULT_PORT}/_simulator/journal
${LEARN_MORE}`;

function optionLine([option, meaning, usual]: (typeof OPTIONS)[number]): string {
	const line = `  ${option.padEnd(16)}${meaning}`;
	return usual === undefined ? line : `${line} (${usual})`;
}

function endingLine(endings: string[]): string {
	const cells = endings.map((ending) => `${ending} ${MAGIC_ENDINGS[ending]?.means ?? ''}`);
	return `  ${cells.map((cell) => cell.padEnd(36)).join('')}`.trimEnd();
}
