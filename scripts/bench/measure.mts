import { setTimeout as sleep } from 'node:timers/promises';
import type { Instance } from '../../test/support/e2e/instance.mts';
import { forgetPeak, usageOf } from './processUsage.mts';
import { benchWorkflow, type Contender } from './workflows.mts';

export interface Measurement {
	contender: Contender;
	items: number;
	seconds: number;
	mostInFlight: number;
	cpuMsPerItem: number;
	peakBytes: number;
}

export const CONCURRENCY = 8;

let workflows = 0;

/** Calls this many people once, with everything that n8n does for a workflow. */
export async function measure(
	instance: Instance,
	contender: Contender,
	items: number,
): Promise<Measurement> {
	const run = await publish(instance, contender, { retries: false, timeoutSeconds: 300 });
	const { pid } = instance.n8n;
	instance.polyAi.journal.reset();
	forgetPeak(pid);
	const before = usageOf(pid);
	const start = performance.now();
	await run(numbers(items));
	const seconds = (performance.now() - start) / 1000;
	const after = usageOf(pid);
	const { dials, maxTriggersInFlight } = instance.polyAi.journal.counts;
	if (dials !== items) throw new Error(`${contender} dialed ${dials} of ${items}`);
	return {
		contender,
		items,
		seconds,
		mostInFlight: maxTriggersInFlight,
		cpuMsPerItem: (after.cpuMs - before.cpuMs) / items,
		peakBytes: after.peakBytes,
	};
}

/**
 * Three people, "Retry On Fail", and one request that never gets an answer: how often does each
 * phone ring?
 */
export async function timesRung(instance: Instance, contender: Contender): Promise<number[]> {
	const run = await publish(instance, contender, { retries: true, timeoutSeconds: 1 });
	const rows = numbers(3);
	instance.polyAi.journal.reset();
	instance.polyAi.fault({ on: 'trigger', numbers: [rows[0]!], answer: 'never', dials: true });
	await run(rows);
	instance.polyAi.clearFaults();
	return Object.values(instance.polyAi.journal.dialsByNumber());
}

async function publish(
	instance: Instance,
	contender: Contender,
	settings: { retries: boolean; timeoutSeconds: number },
): Promise<(rows: string[]) => Promise<void>> {
	await untilReady(instance);
	const path = `bench-${++workflows}`;
	const workflow = await benchWorkflow(instance, contender, path, {
		...settings,
		concurrency: CONCURRENCY,
	});
	const { id } = await instance.client.createWorkflow(workflow);
	await instance.client.activate(id);
	return async (rows) => {
		const body = JSON.stringify({ rows: rows.map((phone) => ({ phone })) });
		const headers = { 'content-type': 'application/json' };
		const url = `${instance.n8n.url}/webhook/${path}`;
		const answer = await fetch(url, { method: 'POST', headers, body });
		await answer.text();
	};
}

/** After ten thousand items n8n may need a moment to find its database again. */
async function untilReady({ n8n }: Instance): Promise<void> {
	while (!(await fetch(`${n8n.url}/healthz/readiness`)).ok) await sleep(500);
}

/** Valid numbers of the United States, each different. */
export function numbers(count: number): string[] {
	return Array.from({ length: count }, (_, index) => {
		return `+1${202 + Math.floor(index / 10_000)}6${String(300_000 + index).padStart(6, '0')}`;
	});
}
