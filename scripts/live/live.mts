import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import packageJson from '../../package.json' with { type: 'json' };
import type { Clock } from '../../nodes/shared/time/clock.ts';
import { commandFor, pageAt } from '../../test/simulator/startedAs.mts';
import { askForAccess } from './askForAccess.mts';
import { askForNumber } from './askForNumber.mts';
import { fetchTransport } from './fetchTransport.mts';
import { firstContact } from './firstContact.mts';
import { recordingOf } from './recording.mts';
import { reportOf } from './report.mts';
import { openTerminal } from './terminal.mts';

const HELP = `Finds out how the real PolyAI answers, and writes a report about it.

${commandFor('npm run live')}

It asks for your access and for one phone number, your own. It places one call, to that number, and only
after you have confirmed it. Without that it only reads. Nothing is sent to anyone but PolyAI.

It takes no arguments: a token on the command line would stay in the history of your shell.
Learn more: ${pageAt('CONTRIBUTING.md')}, "First contact with the real PolyAI"`;

const ISSUES =
	'https://github.com/polyai-community/n8n-nodes-polyai/issues/new?template=first-contact.yml';

const clock: Clock = {
	now: () => Date.now(),
	sleep: async (ms, signal) => {
		await wait(Math.max(0, ms), undefined, { signal }).catch(() => {});
	},
};

const args = process.argv.slice(2);
if (args.length > 0) {
	console.log(HELP);
	process.exitCode = args.includes('--help') || args.includes('-h') ? 0 : 1;
} else {
	await run();
}

async function run(): Promise<void> {
	const enough = new AbortController();
	const interrupt = () => enough.abort();
	const person = openTerminal(interrupt);
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, interrupt);
	try {
		const access = await askForAccess(person);
		const number = await askForNumber(person, clock.now());
		const http = fetchTransport(access.headers);
		const visit = await firstContact(access, number, {
			person,
			clock,
			http,
			enough: enough.signal,
		});
		const file = unusedName(new Date(visit.startedAt));
		writeFileSync(file, reportOf(recordingOf(visit, packageJson.version)), { flag: 'wx' });
		person.tell(`\nThe report is in ${file}. Read it first; then you can paste it into an issue:`);
		person.tell(ISSUES);
	} catch (error) {
		person.tell(error instanceof Error ? error.message : String(error));
		process.exitCode = 1;
	} finally {
		person.close();
	}
}

/** In the current folder; no report is ever overwritten. */
function unusedName(time: Date): string {
	const stem = `polyai-report-${time.toISOString().slice(0, 10)}`;
	for (let number = 1; ; number++) {
		const name = number === 1 ? `${stem}.md` : `${stem}-${number}.md`;
		if (!existsSync(name)) return name;
	}
}
