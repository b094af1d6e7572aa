import { readExample } from '../n8n/example.mts';
import { outputOf, type Execution } from '../n8n/restClient.mts';
import { startInstance, type Instance } from './instance.mts';

jest.setTimeout(400_000);

const MINUTE = 60_000;
const ZONE = 'Europe/London';
const ADA = '+442079460101';
const BEN = '+442079460102';
const CLEO = '+442079460103';
const DAN = '+442079460107';

let n8n: Instance;
beforeEach(async () => {
	n8n = await startInstance({ GENERIC_TIMEZONE: ZONE });
});
afterEach(async () => await n8n?.close());

async function start(file: string): Promise<string> {
	const example = readExample(file, { polyAiApi: n8n.credential });
	const { id } = await n8n.client.createWorkflow(example);
	return await n8n.client.start(id, 'Start');
}

const localTime = (time: Date) => time.toLocaleString('en-GB', { timeZone: ZONE });
const dayAfter = (time: Date) =>
	localTime(new Date(time.getTime() + 24 * 60 * MINUTE)).slice(0, 10);

test('who could not be reached waits for nine the next morning, and nobody is called twice before', async () => {
	const before = new Date();
	const id = await start('retry-the-unreachable-tomorrow.json');
	const evening = await n8n.client.executionOnce(id, 'waits', ({ status }) => status === 'waiting');

	const [day, time] = localTime(new Date(evening.waitTill ?? '')).split(', ');
	expect(time).toBe('09:00:00');
	expect([dayAfter(before), dayAfter(new Date())]).toContain(day);
	expect(n8n.polyAi.journal.dialsByNumber()).toEqual({ [ADA]: 1, [BEN]: 1, [CLEO]: 1, [DAN]: 1 });
});

test('a wait for results goes on after n8n was restarted, twice', async () => {
	const FINN = '+442079460112';
	n8n.polyAi.set({ outcomeByNumber: { [FINN]: 'never-ends' } });
	const id = await start('durable-wait.json');
	const isWaiting = ({ status }: Execution) => status === 'waiting';
	const first = await n8n.client.executionOnce(id, 'waits', isWaiting);
	const calls = first.data.resultData.runData['Call Everybody'];
	expect(calls?.[0]?.data?.main?.[0]).toHaveLength(3);

	await n8n.n8n.stop();
	await n8n.restart(3 * MINUTE);
	const second = await n8n.client.executionOnce(id, 'waits again', (execution) => {
		return isWaiting(execution) && outputOf(execution, 'Results').length > 0;
	});
	const callOf = (number: string) => {
		return n8n.polyAi.journal.dials.find((dial) => dial.number === number)?.callSid ?? '';
	};
	const statusBySid = (execution: Execution) => {
		return outputOf(execution, 'Results').map(({ json }) => [json.callSid, json.status]);
	};
	const early = [
		[callOf(ADA), 'success'],
		[callOf(BEN), 'failure'],
	];
	expect(statusBySid(second)).toEqual(early);

	await n8n.n8n.stop();
	n8n.polyAi.finish(callOf(FINN));
	await n8n.restart(6 * MINUTE);
	const end = await n8n.client.executionEnd(id);
	expect(end.status).toBe('success');
	expect(statusBySid(end)).toEqual([...early, [callOf(FINN), 'success']]);
	expect(n8n.polyAi.journal.dialsByNumber()).toEqual({ [ADA]: 1, [BEN]: 1, [FINN]: 1 });
});
