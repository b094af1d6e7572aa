import { parseArgs } from 'node:util';
import { HELP, optionsFrom } from './cliOptions.mts';
import { isFinal } from './calls/call.mts';
import { startSimulator, type Simulator } from './server.mts';

/** How often the calls are looked at to print what became of them. */
const PRINT_EVERY_MS = 500;

await run().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});

async function run(): Promise<void> {
	const { help, options } = optionsFrom(process.argv.slice(2), parseArgs);
	if (help) return console.log(HELP);
	const polyAi = await startSimulator(options).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EADDRINUSE') throw error;
		throw new Error(
			`Port ${options.port} is taken by another program. Choose another one: npm run simulator -- --port ${Number(options.port) + 1}`,
		);
	});
	console.log(`PolyAI runs at ${polyAi.url}, token ${polyAi.token}. Ctrl-C ends it.`);
	const printing = setInterval(() => printCalls(polyAi), PRINT_EVERY_MS);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			clearInterval(printing);
			void polyAi.close();
		});
	}
}

const printed = new Map<string, string>();

/** One line for a call that was placed, one when it has ended. */
function printCalls({ calls }: Simulator): void {
	for (const call of calls.all()) {
		const state = calls.stateOf(call);
		const line = isFinal(state) ? `ended: ${state.status} ${state.reason}`.trim() : 'placed';
		if (printed.get(call.sid) === line) continue;
		printed.set(call.sid, line);
		console.log(`${new Date().toISOString()}  ${call.number.padEnd(16)} ${call.sid}  ${line}`);
	}
}
