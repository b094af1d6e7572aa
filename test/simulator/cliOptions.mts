import { parseArgs } from 'node:util';
import { DEFAULT_PORT } from './cliHelp.mts';
import { readFaultText } from './faults/readFault.mts';
import { PROFILE_NAMES, type ProfileName } from './profiles.mts';
import { readSettings } from './readSettings.mts';
import type { SimulatorOptions } from './server.mts';

const LARGEST_PORT = 65_535;

/** @throws Error in words for an option that doesn't exist or has no such value */
export function optionsFrom(args: string[]): { help: boolean; options: SimulatorOptions } {
	const { help, port, queued, calling, latency, fault, profile, ...others } = valuesIn(args);
	const { 'api-version': version, ...asTheyAre } = others;
	return {
		help,
		options: {
			...readSettings({
				...asTheyAre,
				versions: version && namesIn(version),
				queuedMs: numberOf('--queued', queued, 1000),
				callingMs: numberOf('--calling', calling, 1000),
				latencyMs: numberOf('--latency', latency),
			}),
			port: portOf(port),
			faults: fault.map(readFaultText),
			profile: profile.flatMap(namesIn).map(profileOf),
		},
	};
}

function valuesIn(args: string[]) {
	const { values } = parseArgs({
		args,
		options: {
			help: { type: 'boolean', short: 'h', default: false },
			port: { type: 'string', default: String(DEFAULT_PORT) },
			'api-version': { type: 'string' },
			token: { type: 'string' },
			queued: { type: 'string' },
			calling: { type: 'string' },
			outcome: { type: 'string' },
			latency: { type: 'string' },
			fault: { type: 'string', multiple: true, default: [] },
			profile: { type: 'string', multiple: true, default: [] },
		},
	});
	return values;
}

function namesIn(list: string): string[] {
	return list.split(',').map((name) => name.trim());
}

function profileOf(name: string): ProfileName {
	const profile = PROFILE_NAMES.find((one) => one === name);
	if (profile) return profile;
	throw new Error(`--profile must be one of ${PROFILE_NAMES.join(', ')}, not “${name}”`);
}

function portOf(text: string): number {
	const port = Number(text);
	if (/^\d+$/.test(text) && port <= LARGEST_PORT) return port;
	throw new Error(`--port must be a number from 0 (any free port) to ${LARGEST_PORT}`);
}

function numberOf(option: string, text: string | undefined, factor = 1): number | undefined {
	if (text === undefined) return undefined;
	const number = Number(text);
	if (text.trim() !== '' && number >= 0) return number * factor;
	throw new Error(`${option} must be a number, not “${text}”`);
}
