import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { clockAhead } from '../n8n/clockAhead.mts';
import { startPostgres } from '../n8n/postgres.mts';
import { startRedis } from '../n8n/redis.mts';
import { startN8n, type N8n } from '../n8n/startN8n.mts';
import { freshUserFolder, startInstance, type Instance } from './instance.mts';

/** n8n spread over several processes: one that people see and that polls, and workers that execute. */
export interface QueueMode extends Instance {
	workers: N8n[];
	/**
	 * A worker on a machine of its own, whose clock may be ahead: it shares only the two servers with
	 * the others.
	 */
	addWorker(aheadMs?: number): Promise<void>;
}

const SETTINGS = {
	EXECUTIONS_MODE: 'queue',
	/** How many executions a worker takes at a time; n8n advises against fewer. */
	N8N_CONCURRENCY_PRODUCTION_LIMIT: '5',
	/** A dead worker and its executions are noticed within a minute instead of hours. */
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '1',
};

export async function startQueueMode(): Promise<QueueMode> {
	/** What has been started, for its end. */
	const started: Array<{ close(): Promise<void> }> = [];
	const close = async () => {
		for (const one of started.reverse()) await one.close();
	};
	try {
		const postgres = await startPostgres();
		started.push(postgres);
		const redis = await startRedis();
		started.push(redis);
		const key = { N8N_ENCRYPTION_KEY: randomUUID() };
		const env = { ...SETTINGS, ...key, ...postgres.env, ...redis.env };
		const main = await startInstance(env);
		started.push({ close: main.close });
		const workers: N8n[] = [];
		const addWorker = async (aheadMs = 0) => {
			const userFolder = freshUserFolder();
			const clock = aheadMs > 0 ? clockAhead(aheadMs) : {};
			const worker = await startN8n({ userFolder, command: 'worker', env: { ...env, ...clock } });
			workers.push(worker);
			started.push({
				async close() {
					await worker.stop();
					rmSync(userFolder, { recursive: true, force: true });
				},
			});
		};
		await Promise.all([addWorker(), addWorker()]);
		return Object.assign(main, { workers, addWorker, close });
	} catch (error) {
		await close();
		throw error;
	}
}
