import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { startPostgres } from '../n8n/postgres.mts';
import { startRedis } from '../n8n/redis.mts';
import { startN8n, type N8n } from '../n8n/startN8n.mts';
import { freshUserFolder, startInstance, type Instance } from './instance.mts';

/** n8n spread over several processes: one that people see and that polls, and workers that execute. */
export interface QueueMode extends Instance {
	workers: N8n[];
	/** A worker on a machine of its own: what it shares with the others is the two servers. */
	addWorker(): Promise<void>;
}

/** How many executions a worker takes at a time; n8n advises against fewer. */
export const WORKER_CONCURRENCY = 5;

/** A dead worker and its executions are noticed within seconds, and not within minutes and hours. */
const IMPATIENT = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '1',
};

export async function startQueueMode(): Promise<QueueMode> {
	const servers = [await startPostgres(), await startRedis()];
	const env: Record<string, string> = Object.assign(
		{
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomUUID(),
			N8N_CONCURRENCY_PRODUCTION_LIMIT: String(WORKER_CONCURRENCY),
		},
		IMPATIENT,
		...servers.map((server) => server.env),
	);
	const main = await startInstance(env);
	const closeMain = main.close;
	const workers: N8n[] = [];
	const queueMode = Object.assign(main, {
		workers,
		async addWorker() {
			workers.push(await startN8n({ userFolder: freshUserFolder(), command: 'worker', env }));
		},
		async close() {
			await Promise.all(workers.map(async (worker) => await worker.stop()));
			for (const { userFolder } of workers) rmSync(userFolder, { recursive: true, force: true });
			await closeMain();
			for (const server of servers) await server.close();
		},
	});
	await Promise.all([queueMode.addWorker(), queueMode.addWorker()]);
	return queueMode;
}
