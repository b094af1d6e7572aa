import './n8nEnvironment.mts';

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Writable, type Readable } from 'node:stream';

export interface LogEntry {
	level: string;
	message: string;
	[detail: string]: unknown;
}

interface LoggerPackages {
	Container: { get(token: unknown): { getInternalLogger(): Readable } };
	Logger: unknown;
}

const listeners = new Set<LogEntry[]>();

const sink = new Writable({
	objectMode: true,
	write(entry: LogEntry, _encoding, done) {
		for (const entries of listeners) entries.push({ ...entry });
		done();
	},
});

/** n8n-core and its HTTP package each have their own copy of the logger: both are captured. */
for (const name of ['n8n-core', '@n8n/backend-network']) {
	const load = createRequire(join(process.cwd(), 'node_modules', name, 'package.json'));
	const { Container } = load('@n8n/di') as LoggerPackages;
	const { Logger } = load('@n8n/backend-common') as LoggerPackages;
	Container.get(Logger).getInternalLogger().pipe(sink);
}

/** Collects what n8n and the nodes write to n8n's log, at every level, until `stop` is called. */
export function captureLog(): { entries: LogEntry[]; stop(): Promise<LogEntry[]> } {
	const entries: LogEntry[] = [];
	listeners.add(entries);
	return {
		entries,
		async stop() {
			// The logger is a stream: its last lines arrive with the next turn of the event loop.
			await new Promise((resolve) => setImmediate(resolve));
			listeners.delete(entries);
			return entries;
		},
	};
}
