import { callLines } from './callLines.mts';
import { HELP } from './cliHelp.mts';
import { optionsFrom } from './cliOptions.mts';
import { startSimulator, type SimulatorOptions } from './server.mts';
import { COMMAND, FACTS } from './startedAs.mts';

/** How often the calls are checked, to print what happened to them. */
const PRINT_EVERY_MS = 250;

try {
	const { help, options } = optionsFrom(process.argv.slice(2));
	if (help) console.log(HELP);
	else await run(options);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	console.error(`All options: ${COMMAND} --help`);
	process.exitCode = 1;
}

async function run(options: SimulatorOptions): Promise<void> {
	const polyAi = await startSimulator(options).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EADDRINUSE') throw error;
		throw new Error(
			`Port ${options.port} is taken by another program. End that one, or choose another port:\n` +
				`${COMMAND} --port 0   (any that is free)`,
		);
	});
	const lines = callLines(polyAi);
	const print = () => {
		for (const line of lines()) console.log(line);
	};
	const printing = setInterval(print, PRINT_EVERY_MS);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		// A terminal and tsx may each pass Ctrl-C on: a second one must not break off the ending.
		process.on(signal, () => {
			clearInterval(printing);
			void polyAi.close();
		});
	}

	console.log(`PolyAI runs at ${polyAi.url} and calls no one. Press Ctrl+C to stop it.`);
	console.log(
		`In n8n: credential PolyAI API, Region Custom, Base URL as above, Token ${polyAi.token}`,
	);
	console.log(`What is documented here and what is guessed: ${FACTS}`);
}
