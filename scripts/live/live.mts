import { setTimeout as wait } from 'node:timers/promises';
import packageJson from '../../package.json' with { type: 'json' };
import type { Clock } from '../../nodes/shared/time/clock.ts';
import { commandFor, pageAt } from '../../test/simulator/startedAs.mts';
import { askForAccess } from './askForAccess.mts';
import { askForNumber } from './askForNumber.mts';
import { confirmCall } from './confirmCall.mts';
import { fetchTransport } from './fetchTransport.mts';
import { firstContact } from './firstContact.mts';
import { ReportFile } from './reportFile.mts';
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
	let isUnderWay = false;
	const interrupt = () => {
		if (!isUnderWay) process.exit(130);
		enough.abort();
	};
	const person = openTerminal(interrupt);
	process.on('SIGINT', interrupt);
	for (const signal of ['SIGTERM', 'SIGHUP']) {
		process.on(signal, () => {
			interrupt();
			person.close();
		});
	}
	try {
		const access = await askForAccess(person);
		const number = await askForNumber(person, clock.now());
		const phoneNumber = await confirmCall(access, number, person);
		isUnderWay = true;
		const report = new ReportFile(packageJson.version);
		const visit = await firstContact(access, phoneNumber, {
			...{ person, clock, enough: enough.signal, http: fetchTransport(access.headers) },
			keep: (seen) => report.write(seen),
		});
		report.write(visit);
		person.tell(
			`\nThe report is in ${report.name}. Read it first; then you can paste it into an issue:`,
		);
		person.tell(ISSUES);
	} catch (error) {
		person.tell(error instanceof Error ? error.message : String(error));
		process.exitCode = 1;
	} finally {
		person.close();
	}
}
