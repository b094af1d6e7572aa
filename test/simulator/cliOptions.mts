import type { parseArgs } from 'node:util';
import { OUTCOME_NAMES, type OutcomeName } from './calls/outcomes.mts';
import { GENERATION_NAMES } from './generations/generations.mts';
import type { GenerationName } from './generations/generation.mts';
import type { SimulatorOptions } from './server.mts';

const DEFAULT_PORT = 4010;

export const HELP = `PolyAI's outbound calling on this machine. Nobody's phone rings.

npm run simulator -- [options]
  --port N          where it listens                               (${DEFAULT_PORT})
  --generation G    g1, g2, g3; more than one with commas          (g1)
  --token T         the token that it accepts                      (simulator-token)
  --queued S        seconds that a call waits in the queue         (2)
  --calling S       seconds that a call takes                      (5)
  --outcome O       success, no-answer, busy, voicemail, error …   (success)
  --latency MS      milliseconds until every answer                (0)

In n8n: credential PolyAI API, Region Custom, Base URL http://127.0.0.1:${DEFAULT_PORT}

The last digits of +44 20 7946 00xx and +1 202 555 01xx decide what happens:
  01 answered   02 no answer   03 busy   07 voicemail   09 never ends
  29 first 429  40 refused     50 error 500  57 dialled, but no answer comes

What happened: http://127.0.0.1:${DEFAULT_PORT}/_simulator/journal
All about it:  test/simulator/README.md`;

/** @throws Error in words for an option that does not exist or has no such value */
export function optionsFrom(
	args: string[],
	parse: typeof parseArgs,
): { help: boolean; options: SimulatorOptions } {
	const { values } = parse({
		args,
		options: {
			help: { type: 'boolean', short: 'h', default: false },
			port: { type: 'string', default: String(DEFAULT_PORT) },
			generation: { type: 'string', default: 'g1' },
			token: { type: 'string', default: 'simulator-token' },
			queued: { type: 'string', default: '2' },
			calling: { type: 'string', default: '5' },
			outcome: { type: 'string', default: 'success' },
			latency: { type: 'string', default: '0' },
		},
	});
	const generations = values.generation.split(',');
	for (const name of generations) mustBe('--generation', name, GENERATION_NAMES);
	mustBe('--outcome', values.outcome, OUTCOME_NAMES);
	return {
		help: values.help,
		options: {
			port: numberOf('--port', values.port),
			generations: generations as GenerationName[],
			token: values.token,
			queuedMs: numberOf('--queued', values.queued) * 1000,
			callingMs: numberOf('--calling', values.calling) * 1000,
			outcome: values.outcome as OutcomeName,
			latencyMs: numberOf('--latency', values.latency),
		},
	};
}

function mustBe(option: string, value: string, known: readonly string[]): void {
	if (!known.includes(value)) throw new Error(`${option} must be one of: ${known.join(', ')}`);
}

function numberOf(option: string, text: string): number {
	const number = Number(text);
	if (text.trim() !== '' && number >= 0) return number;
	throw new Error(`${option} must be a number, not “${text}”`);
}
