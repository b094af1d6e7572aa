import { startGateway, type Gateway } from '../support/n8n/gateway.mts';
import { until } from '../support/n8n/until.mts';
import { CONCURRENCY, startLoggedCalls, type LoggedCalls } from '../support/e2e/loggedCalls.mts';
import { startQueueMode, type QueueMode } from '../support/e2e/queueMode.mts';

jest.setTimeout(600_000);

/** People whom one execution calls. */
const BATCH = 20;

let n8n: QueueMode;
let gateway: Gateway;
let calls: LoggedCalls;
beforeAll(async () => {
	n8n = await startQueueMode();
	n8n.polyAi.set({ outcome: 'never-ends', magicNumbers: false, latencyMs: 300 });
	gateway = await startGateway(() => n8n.n8n.url);
	calls = await startLoggedCalls(n8n, gateway.url);
});
afterAll(async () => {
	await n8n?.close();
	await gateway?.close();
});

const dials = () => n8n.polyAi.journal.dials;
const placedRows = async () => (await calls.log.rows()).filter(({ callSid }) => callSid !== null);
const sidsOf = (calls: Array<{ callSid?: unknown }>) => calls.map(({ callSid }) => String(callSid));
const batchOf = (number: string) => Math.floor(Number(number.slice(-4)) / BATCH);

/** Has batches of people called, each in an execution of its own. */
async function callBatches(first: number, last: number, pace?: number): Promise<void> {
	const phonesOf = (batch: number) =>
		Array.from({ length: BATCH }, (_, index) => {
			return `+44207946${String(batch * BATCH + index).padStart(4, '0')}`;
		});
	const batches = Array.from({ length: last - first + 1 }, (_, index) => first + index);
	await Promise.all(batches.map(async (batch) => await calls.call(phonesOf(batch), pace)));
}

function finish(callSids: string[]): void {
	for (const callSid of callSids) n8n.polyAi.finish(callSid);
}

/** Waits until the rows of so many calls are closed, which comes after their reports. */
async function expectReports(callSids: string[]): Promise<void> {
	await until(`${callSids.length} rows are closed`, async () => {
		const rows = await calls.log.rows();
		const closed = rows.filter(({ finishedAt, claim }) => finishedAt && !claim);
		return closed.length >= callSids.length || undefined;
	});
	expect(sidsOf(await calls.reports()).sort()).toEqual([...callSids].sort());
}

/** Lets so many requests of a kind through to n8n and holds the others; tells when one is held. */
function holdAfter(passing: number, isMeant: (update: Record<string, unknown>) => boolean) {
	let isHolding = false;
	gateway.onRequest = async ({ method, body }) => {
		if (method !== 'PATCH') return;
		const { data } = JSON.parse(body) as { data: Record<string, unknown> };
		if (!isMeant(data) || passing-- > 0) return;
		isHolding = true;
		await new Promise(() => {});
	};
	return () => isHolding;
}

async function restart(): Promise<void> {
	gateway.onRequest = undefined;
	await n8n.restart();
}

test('a worker and the main die half-way: nobody is called twice, every logged call is reported once', async () => {
	await callBatches(0, 4);
	expect((await calls.placed()).filter(({ error }) => error)).toEqual([]);
	const first = sidsOf(dials());
	expect(first).toHaveLength(100);
	expect(sidsOf(await placedRows()).sort()).toEqual([...first].sort());
	finish(first.slice(0, 50));
	await expectReports(first.slice(0, 50));

	// Both die in the middle of everything: a poll has claimed 10 of 30 calls, and 100 of 200 people
	// more are called.
	const isClaiming = holdAfter(10, ({ claim }) => typeof claim === 'string');
	const { byOperation } = n8n.polyAi.journal.counts;
	const looks = byOperation.status;
	finish(first.slice(50, 80));
	await until('a poll has begun', () => byOperation.status > looks || undefined);
	const callers = callBatches(5, 14, 120).catch(() => 'They saw n8n die');
	await until('half-way', () => (isClaiming() && dials().length >= 200) || undefined);
	await Promise.all([n8n.workers[0]?.kill(), n8n.n8n.kill()]);
	expect(await callers).toBe('They saw n8n die');
	await Promise.all([restart(), n8n.addWorker()]);

	// The other worker's executions went on, and each of their calls stands in the log. Of one that
	// died, those may be missing that it had in its hands.
	const placed = await calls.placed();
	const logged = sidsOf(await placedRows());
	const lost = dials().filter(({ callSid }) => !logged.includes(callSid));
	expect(placed.map(({ callLogProblem }) => callLogProblem)).toEqual(placed.map(() => undefined));
	expect(sidsOf(placed).filter((callSid) => !logged.includes(callSid))).toEqual([]);
	expect(placed.length).toBeGreaterThan(100);
	expect(placed.length).toBeLessThan(300);
	for (const { number } of lost) {
		const ofBatch = lost.filter((other) => batchOf(other.number) === batchOf(number));
		expect(ofBatch.length).toBeLessThanOrEqual(CONCURRENCY);
	}
	// Nothing of what died was done again.
	expect(n8n.polyAi.journal.counts.numbersDialedTwice).toBe(0);

	// The main dies once more, after a poll has reported calls and before it could write that down.
	const isClosing = holdAfter(0, ({ claim }) => claim === null);
	finish(first.slice(80));
	await until('reports that are not written down', async () => {
		const reported = new Set(sidsOf(await calls.reports()));
		return (isClosing() && first.slice(80).every((callSid) => reported.has(callSid))) || undefined;
	});
	await n8n.n8n.kill();
	await restart();

	finish(sidsOf(dials()).slice(100));
	await expectReports(logged);
	expect(dials().length).toBe(logged.length + lost.length);
	expect(n8n.polyAi.journal.counts.numbersDialedTwice).toBe(0);

	// Retry finds in the log who was called, and calls the others.
	const retried = await calls.retryWhatDied();
	expect(retried.length).toBe(300 - placed.length);
	const called = n8n.polyAi.journal.dialsByNumber();
	const unclear = retried.filter(({ error }) => error);
	for (const { error } of unclear) expect(error).toMatchObject({ code: 'outcomeUnknown' });
	for (const { callSid } of retried.filter(({ error }) => !error)) {
		expect(sidsOf(dials())).toContain(callSid);
	}
	expect(unclear.length).toBeLessThanOrEqual(10 * CONCURRENCY);
	expect(Object.keys(called).length).toBeGreaterThanOrEqual(300 - unclear.length);
	expect(n8n.polyAi.journal.counts.numbersDialedTwice).toBe(0);
});
