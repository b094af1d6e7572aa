import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../support/n8n/until.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';
import { callWorkflow } from '../support/e2e/workflow.mts';

jest.setTimeout(600_000);

const ROWS = 60;
const CONCURRENCY = 3;

let n8n: Instance;
beforeAll(async () => {
	n8n = await startInstance();
});
afterAll(async () => await n8n?.close());

test('Stop in the middle: no further request starts, and the execution tells what was placed', async () => {
	n8n.polyAi.set({ latencyMs: 200 });
	const rows = Array.from({ length: ROWS }, (_, row) => ({ phone: `+12026300${100 + row}` }));
	const { id } = await n8n.client.createWorkflow(
		callWorkflow(n8n, rows, {
			resource: 'call',
			operation: 'trigger',
			phoneNumber: '={{ $json.phone }}',
			options: { maxConcurrency: CONCURRENCY },
		}),
	);
	const executionId = await n8n.client.start(id, 'Start');
	const { journal } = n8n.polyAi;
	const calls = () => journal.requests.filter(({ operation }) => operation === 'trigger');
	const answered = () => calls().filter(({ answer }) => answer);
	await until('six answers', () => answered().length >= 6 || undefined);

	await n8n.client.request('POST', `/rest/executions/${executionId}/stop`);
	const placed = answered().map(({ callSid }) => callSid);
	await until('nothing is on its way', () => journal.counts.inFlight === 0 || undefined);
	const sent = journal.requests.length;
	// Longer than two answers take: whatever went on would have gone on by now.
	await sleep(600);
	expect(journal.requests).toHaveLength(sent);
	expect(sent).toBeLessThan(ROWS);

	const { status, customData = {} } = await n8n.client.execution(executionId);
	const told = Object.values(customData).join(' ');
	expect(status).toBe('canceled');
	// What was answered when Stop arrived is there by its SID, what was on its way by its number.
	expect(placed.length).toBeGreaterThanOrEqual(6);
	for (const callSid of placed.slice(0, 6)) expect(told).toContain(callSid);
	for (const { body, callSid } of calls()) {
		const { to_number: number } = body as { to_number: string };
		expect(told.includes(String(callSid)) || told.includes(`${number}?`)).toBe(true);
	}
});
