import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { CallBook, type Clock } from './calls/callBook.mts';
import type { Outcome } from './calls/outcomes.mts';
import { answerControl, isControl } from './control/control.mts';
import type { Fault, FaultFunction } from './faults/fault.mts';
import { FaultList } from './faults/faultList.mts';
import { RateLimit } from './faults/rateLimit.mts';
import { handle } from './http/handle.mts';
import { readRequest } from './http/readRequest.mts';
import { Journal, type JournalMode } from './journal.mts';
import { combine, type ProfileName } from './profiles.mts';
import { DEFAULT_SETTINGS, type Settings } from './settings.mts';
import type { World } from './world.mts';

export interface SimulatorOptions extends Partial<Settings> {
	/** 0, the default, takes any free one. */
	port?: number;
	/** Only loopback makes sense. */
	host?: string;
	clock?: Clock;
	/** Waits for latency and delays, in milliseconds of real time if not given. */
	sleep?: World['sleep'];
	journal?: JournalMode;
	/** They come before those of the profiles. */
	faults?: Array<Fault | FaultFunction>;
	/** Settings that are given take precedence over a profile's. */
	profile?: ProfileName | ProfileName[];
}

/** A PolyAI on loopback. */
export interface Simulator {
	url: string;
	port: number;
	readonly token: string;
	readonly apiKey: string;
	readonly settings: Readonly<Settings>;
	journal: Journal;
	calls: CallBook;
	/** Changes the behavior from now on; calls placed before keep their life cycle. */
	set(changes: Partial<Settings>): void;
	/** Adds a fault; the returned function removes it. */
	fault(fault: Fault | FaultFunction): () => void;
	clearFaults(): void;
	/** Ends a call now. Throws when it has already ended: a final status never changes. */
	finish(callSid: string, outcome?: Outcome): void;
	/** From now on the call's status answers 404, as two hours after its end. */
	expire(callSid: string): void;
	/** Someone calls the agent; the call's SID. Only the list of conversations shows it. */
	receive(number: string, environment?: string): string;
	/** Back to the options that it was started with: no calls, no faults, an empty journal. */
	reset(): void;
	/** Closes open connections and frees the port. */
	close(): Promise<void>;
}

export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { port = 0, host = '127.0.0.1', clock = Date, sleep = realSleep } = options;
	const { journal = 'full' } = options;
	const profile = combine([options.profile ?? []].flat());
	const initial = initialSettings(options, profile.settings);
	const faults = [...(options.faults ?? []), ...profile.faults];
	const settings = structuredClone(initial);
	const world: World = {
		settings,
		clock,
		sleep,
		calls: new CallBook(settings, clock),
		faults: new FaultList(settings),
		rateLimit: new RateLimit(settings, clock),
		journal: new Journal(journal),
	};
	for (const fault of faults) world.faults.add(fault);

	const server = createServer((request, response) => void serve(request, response));
	await listen(server, port, host);
	const address = server.address() as AddressInfo;

	const simulator: Simulator = {
		url: `http://${host}:${address.port}`,
		port: address.port,
		get token() {
			return settings.token;
		},
		get apiKey() {
			return settings.apiKey;
		},
		settings,
		journal: world.journal,
		calls: world.calls,
		set(changes) {
			Object.assign(settings, structuredClone(changes));
			if (changes.seed === undefined) return;
			world.calls.reseed();
			world.faults.reseed();
		},
		fault: (fault) => world.faults.add(fault),
		clearFaults: () => world.faults.clear(),
		finish: (callSid, outcome) => world.calls.finish(callSid, outcome),
		expire: (callSid) => world.calls.expire(callSid),
		receive: (number, environment) => world.calls.receive(number, environment).sid,
		reset() {
			Object.assign(settings, { errorShape: undefined }, structuredClone(initial));
			world.calls.reset();
			world.faults.clear();
			for (const fault of faults) world.faults.add(fault);
			world.rateLimit.reset();
			world.journal.reset();
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};

	async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		try {
			const read = await readRequest(request);
			if (isControl(read)) answerControl(read, response, simulator, world.faults);
			else await handle(read, response, world);
		} catch (error) {
			// The client went away, or the simulator itself has failed: it must say so, and neither hang
			// nor exit.
			const text = `The simulator failed, not PolyAI: ${String(error)}`;
			if (!response.headersSent)
				response.writeHead(500, { 'content-type': 'text/plain' }).end(text);
		}
	}
	return simulator;
}

function initialSettings(options: SimulatorOptions, profile: Partial<Settings>): Settings {
	const given = Object.fromEntries(
		Object.entries(options).filter(
			([name, value]) => value !== undefined && (name in DEFAULT_SETTINGS || name === 'errorShape'),
		),
	);
	return { ...DEFAULT_SETTINGS, ...profile, ...given };
}

/** Doesn't keep the process alive for an answer that no one is waiting for. */
async function realSleep(ms: number): Promise<void> {
	await wait(ms, undefined, { ref: false });
}

/** Hundreds of connections may come at once: more than Node queues by default. */
const BACKLOG = 4096;

async function listen(server: Server, port: number, host: string): Promise<void> {
	server.keepAliveTimeout = 60_000;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, BACKLOG, () => {
			server.off('error', reject);
			resolve();
		});
	});
}
