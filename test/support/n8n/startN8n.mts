import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installedN8n } from '../../../scripts/setup/n8n.mts';
import { endWithUs } from './endWithUs.mts';
import { freePort } from './freePort.mts';

export interface N8nOptions {
	/** Where n8n keeps its database and community packages (`.n8n` below it). */
	userFolder: string;
	version?: string;
	/** The preferred port; another one if it's taken. */
	port?: number;
	/** Queue mode has workers beside the n8n that people see. */
	command?: Command;
	env?: Record<string, string>;
}

type Command = 'start' | 'worker';

/** What answers in JSON as soon as n8n is ready; a worker has this and nothing else. */
const READY_PATH = { start: '/rest/settings', worker: '/healthz/readiness' };

/** A whole n8n in a process of its own. */
export interface N8n {
	url: string;
	userFolder: string;
	/** Everything that it has printed so far. */
	log(): string;
	/** Milliseconds from the start of the process until it answered. */
	startedInMs: number;
	/** CPU time and peak memory are read from the process. */
	pid: number;
	stop(): Promise<void>;
	/** As in a power failure. */
	kill(): Promise<void>;
}

const LONGEST_START_MS = 180_000;

export async function startN8n(options: N8nOptions): Promise<N8n> {
	const { command = 'start' } = options;
	const { node, start } = await installedN8n(options.version);
	mkdirSync(options.userFolder, { recursive: true });
	const port = await freePort(options.port);
	const url = `http://127.0.0.1:${port}`;
	const started = Date.now();
	const child = spawn(node, [start, command], {
		env: { ...inherited(), ...(await environment(options, start, port)) },
		stdio: ['ignore', 'pipe', 'pipe'],
		// A group of its own, so that Ctrl-C in the terminal reaches us first.
		detached: true,
	});
	endWithUs(child, 'SIGKILL');
	const output: string[] = [];
	child.stdout?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
	child.stderr?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
	const log = () => output.join('');
	await untilReady(url + READY_PATH[command], child, log);
	return {
		url,
		userFolder: options.userFolder,
		log,
		startedInMs: Date.now() - started,
		pid: child.pid as number,
		stop: async () => await end(child, 'SIGTERM'),
		kill: async () => await end(child, 'SIGKILL'),
	};
}

/** Ours, but what would change n8n: settings of another n8n, and what Jest sets (n8n then refuses to start). */
function inherited(): NodeJS.ProcessEnv {
	const foreign =
		/^(N8N_|DB_|EXECUTIONS_|QUEUE_|OFFLOAD_|GENERIC_TIMEZONE$|NODE_ENV$|NODE_OPTIONS$|JEST_)/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

async function environment(
	options: N8nOptions,
	start: string,
	port: number,
): Promise<Record<string, string>> {
	return {
		// Jest says "test", and n8n doesn't start then.
		NODE_ENV: 'production',
		N8N_USER_FOLDER: options.userFolder,
		N8N_PORT: String(port),
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		// The same for a worker.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		N8N_RUNNERS_BROKER_PORT: String(await freePort()),
		N8N_RUNNERS_ENABLED: 'false',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_SECURE_COOKIE: 'false',
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		// Requests never leave this machine.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_LICENSE_SERVER_URL: 'http://127.0.0.1:9',
		...(hasModule('mcp-registry', start) && { N8N_DISABLED_MODULES: 'mcp-registry' }),
		...options.env,
	};
}

/** n8n doesn't start if it's told to disable a module that it doesn't have. */
function hasModule(name: string, start: string): boolean {
	return existsSync(join(dirname(start), '..', 'dist', 'modules', name));
}

async function untilReady(url: string, child: ChildProcess, log: () => string): Promise<void> {
	const giveUp = Date.now() + LONGEST_START_MS;
	while (Date.now() < giveUp && child.exitCode === null) {
		const isReady = await fetch(url).then(
			// While it starts it answers every path with a text.
			(answer) => answer.ok && answer.headers.get('content-type')?.includes('json') === true,
			() => false,
		);
		if (isReady) return;
		await sleep(200);
	}
	await end(child, 'SIGKILL');
	throw new Error(`n8n did not start:\n${log()}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((done) => child.once('exit', done));
	if (signal === 'SIGKILL') killGroup(child);
	else child.kill(signal);
	const isSlow = await Promise.race([ended.then(() => false), sleep(20_000, true, { ref: false })]);
	if (isSlow) killGroup(child);
	await ended;
}

/** n8n and the task runner that it has started. */
function killGroup(child: ChildProcess): void {
	if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
}
