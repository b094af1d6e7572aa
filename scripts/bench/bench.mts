import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startInstance } from '../../test/support/e2e/instance.mts';
import { N8N_VERSION } from '../setup/n8n.mts';
import { measureBareClient } from './bareClient.mts';
import { measureCampaign } from './campaign.mts';
import { measureListedCalls } from './listedCalls.mts';
import { measure, timesRung, type Measurement } from './measure.mts';
import { measureOpenCalls } from './openCalls.mts';
import { measurePhoneNumbers } from './phoneNumbers.mts';
import { report } from './report.mts';
import type { Contender } from './workflows.mts';

const LATENCY_MS = 60;
/** How often each number of items is called; a short time depends on the moment, and the median counts. */
const TIMES = new Map([
	[100, 5],
	[1_000, 5],
	[10_000, 1],
]);
const CONTENDERS: Contender[] = [
	'HTTP Request',
	'PolyAI Outbound, crash marks off',
	'PolyAI Outbound',
];
/** An n8n that keeps no keys for its nodes, so that ours can't mark calls. */
const WITHOUT_STORE = {
	NODE_OPTIONS: `--import=${pathToFileURL(resolve('scripts/bench/withoutStore.mts')).href}`,
};
const PAGE = 'docs/benchmarks.md';

async function median<Measured extends { seconds: number }>(
	times: number,
	measureOnce: () => Promise<Measured>,
): Promise<Measured> {
	const all: Measured[] = [];
	for (let time = 0; time < times; time++) all.push(await measureOnce());
	return all.sort((a, b) => a.seconds - b.seconds)[Math.floor(times / 2)]!;
}

const measurements: Measurement[] = [];
const bareSeconds = new Map<number, number>();
const rung: Record<string, number[]> = {};
// Each starts with a fresh n8n, so that none pays for what another has left in memory.
for (const contender of CONTENDERS) {
	const store = contender.endsWith('marks off') ? WITHOUT_STORE : {};
	const instance = await startInstance({ N8N_PAYLOAD_SIZE_MAX: '64', ...store });
	try {
		await measure(instance, contender, 50);
		instance.polyAi.set({ latencyMs: LATENCY_MS });
		for (const [items, times] of TIMES) {
			if (!bareSeconds.has(items)) {
				const bare = async () => ({ seconds: await measureBareClient(instance.polyAi, items) });
				bareSeconds.set(items, (await median(times, bare)).seconds);
			}
			const ours = async () => await measure(instance, contender, items);
			measurements.push(await median(times, ours));
			console.log(measurements.at(-1));
		}
		if (store !== WITHOUT_STORE) rung[contender] = await timesRung(instance, contender);
	} finally {
		await instance.close();
	}
}
const watching = await startInstance({ N8N_PAYLOAD_SIZE_MAX: '64' });
watching.polyAi.set({ latencyMs: 50 });
const openCalls = await measureOpenCalls(watching, 10_000).finally(watching.close);
const running = await startInstance({ N8N_PAYLOAD_SIZE_MAX: '64' });
running.polyAi.set({ latencyMs: LATENCY_MS, magicNumbers: false });
const campaign = await measureCampaign(running, 10_000).finally(running.close);
measurements.sort((a, b) => a.items - b.items);
// The first time, some memory goes to compiled code.
await measureListedCalls(500);
const listedCalls = await measureListedCalls(10_000);
const phoneNumbers = measurePhoneNumbers();
const page = report(
	{ measurements, bareSeconds, rung, openCalls, campaign, listedCalls, phoneNumbers },
	LATENCY_MS,
	N8N_VERSION,
);
writeFileSync(PAGE, page);
console.log(page);
