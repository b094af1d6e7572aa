import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage, packPackage } from '../../test/support/n8n/installPackage.mts';
import { freePort } from '../../test/support/n8n/freePort.mts';
import { OWNER, RestClient } from '../../test/support/n8n/restClient.mts';
import { startN8n, type N8n } from '../../test/support/n8n/startN8n.mts';
import { startSimulator, type Simulator } from '../../test/simulator/server.mts';
import { installedN8n, N8N_VERSION } from '../setup/n8n.mts';
import { campaignProblems, importCampaign, runCampaign } from './campaign.mts';
import { importReminders, problemsOf, rowsOf } from './reminders.mts';
import { table } from './table.mts';

/** The usual ports; others are used if these aren't free. */
const N8N_PORT = 5678;
const SIMULATOR_PORT = 4010;

const isOnce = process.argv.includes('--once');
const userFolder = mkdtempSync(join(tmpdir(), 'polyai-demo-'));
let n8n: N8n | undefined;
let polyAi: Simulator | undefined;

async function end(exitCode: number): Promise<never> {
	await n8n?.stop();
	await polyAi?.close();
	rmSync(userFolder, { recursive: true, force: true });
	process.exit(exitCode);
}

let isEnding = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	// A terminal and tsx may each pass Ctrl-C on: only the first one counts.
	process.on(signal, () => {
		if (isEnding) return;
		isEnding = true;
		console.log('\nStopping n8n …');
		void end(130);
	});
}

async function demo(): Promise<void> {
	await installedN8n();
	console.log('Building the package …');
	installPackage(packPackage(userFolder), userFolder);
	polyAi = await startSimulator({ port: await freePort(SIMULATOR_PORT) });
	console.log(`The PolyAI simulator runs at ${polyAi.url}; no phone will ring.`);
	console.log(`Starting n8n ${N8N_VERSION} …`);
	n8n = await startN8n({ userFolder, port: N8N_PORT });
	const client = new RestClient(n8n.url);
	await client.logIn();
	const workflowId = await importReminders(client, polyAi);

	console.log('Running the workflow “Appointment reminders from a spreadsheet” …\n');
	const execution = await client.run(workflowId, 'Start');
	console.log(table(rowsOf(execution)));
	const problems = problemsOf(execution, polyAi);

	console.log(
		'\nRunning the workflow “Campaign from a spreadsheet”, with no pause between attempts …\n',
	);
	const { workflowId: campaignId } = await importCampaign(client, polyAi);
	const dialsBefore = polyAi.journal.dials.length;
	const people = await runCampaign(client, campaignId);
	console.log(table(people));
	problems.push(...campaignProblems(people, polyAi.journal.dials.slice(dialsBefore)));

	for (const problem of problems) console.error(`\nSomething is wrong: ${problem}`);
	if (isOnce) await end(problems.length === 0 ? 0 : 1);

	console.log(`\nThe editor is open at  ${n8n.url}/workflow/${workflowId}`);
	console.log(`The campaign is at     ${n8n.url}/workflow/${campaignId}`);
	console.log(`Log in with            ${OWNER.email}`);
	console.log(`Password               ${OWNER.password}`);
	console.log(`What PolyAI saw        ${polyAi.url}/_simulator/journal`);
	console.log('\nPress Ctrl+C to stop it. The next demo starts from scratch.');
}

try {
	await demo();
} catch (error) {
	// Errors caused by stopping n8n aren't failures.
	if (!isEnding) {
		console.error(error instanceof Error ? error.message : error);
		await end(1);
	}
}
