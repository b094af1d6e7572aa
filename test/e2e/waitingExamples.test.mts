import type { IDataObject } from 'n8n-workflow';
import { clockAhead } from '../support/n8n/clockAhead.mts';
import { readExample } from '../support/n8n/example.mts';
import { outputOf, type Execution } from '../support/n8n/restClient.mts';
import { startInstance, type Instance } from '../support/e2e/instance.mts';

jest.setTimeout(600_000);

const MINUTE = 60_000;
const ZONE = 'Europe/London';
const ADA = '+442079460101';
const BEN = '+442079460102';
const CLEO = '+442079460103';
const DAN = '+442079460107';

let n8n: Instance;
afterEach(async () => await n8n?.close());

const isWaiting = ({ status }: Execution) => status === 'waiting';

/** @param aheadMs how far the clock of n8n is ahead */
async function startClock(aheadMs = 0): Promise<void> {
	const clock = aheadMs > 0 ? clockAhead(aheadMs) : {};
	n8n = await startInstance({ GENERIC_TIMEZONE: ZONE, ...clock });
}

async function start(file: string): Promise<string> {
	const example = readExample(file, { polyAiApi: n8n.credential });
	const { id } = await n8n.client.createWorkflow(example);
	return await n8n.client.start(id, 'Start');
}

const localTime = (time: Date, timeZone = ZONE) => time.toLocaleString('en-GB', { timeZone });
const dayAfter = (time: Date) =>
	localTime(new Date(time.getTime() + 24 * 60 * MINUTE)).slice(0, 10);

/**
 * Restarts n8n on a clock that reaches the moment that the execution waits for soon after n8n has
 * started. If that moment had passed, n8n would go on while it is still starting, when it takes
 * whatever runs for something that a crash has left behind.
 */
async function goOnAtItsTime({ waitTill }: Execution): Promise<void> {
	const startMs = 2 * n8n.n8n.startedInMs;
	await n8n.n8n.stop();
	await n8n.restart(Date.parse(String(waitTill)) - Date.now() - startMs);
}

/** Not simply its end: after a restart, n8n shows what is waiting as crashed for a moment. */
async function success(id: string): Promise<Execution> {
	return await n8n.client.executionOnce(id, 'succeeds', ({ status }) => status === 'success');
}

test('who could not be reached waits for nine the next morning', async () => {
	await startClock();
	const before = new Date();
	const id = await start('retry-the-unreachable-tomorrow.json');
	const evening = await n8n.client.executionOnce(id, 'waits', isWaiting);

	const [day, time] = localTime(new Date(evening.waitTill ?? '')).split(', ');
	expect(time).toBe('09:00:00');
	expect([dayAfter(before), dayAfter(new Date())]).toContain(day);
	expect(n8n.polyAi.journal.dialsByNumber()).toEqual({ [ADA]: 1, [BEN]: 1, [CLEO]: 1, [DAN]: 1 });
	// What is known in the evening does not wait for the morning.
	const reached = outputOf(evening, 'Results').map(({ json }) => json);
	expect(reached.map(({ name, phoneNumber, result }) => [name, phoneNumber, result])).toEqual([
		['Ada', ADA, 'Reached'],
		['Dan', DAN, 'Reached'],
	]);
	expect(outputOf(evening, 'Rows to Check').map(({ json }) => json.name)).toEqual(['Eve']);
});

test('a wait for results goes on after n8n was restarted, twice', async () => {
	await startClock();
	const FINN = '+442079460112';
	n8n.polyAi.set({ outcomeByNumber: { [FINN]: 'never-ends' } });
	const id = await start('durable-wait.json');
	const first = await n8n.client.executionOnce(id, 'waits', isWaiting);
	const calls = first.data.resultData.runData['Call Everyone'];
	expect(calls?.[0]?.data?.main?.[0]).toHaveLength(3);

	await goOnAtItsTime(first);
	const second = await n8n.client.executionOnce(id, 'waits again', (execution) => {
		return isWaiting(execution) && outputOf(execution, 'Results').length > 0;
	});
	const callOf = (number: string) => {
		return n8n.polyAi.journal.dials.find((dial) => dial.number === number)?.callSid ?? '';
	};
	const resultBySid = (execution: Execution) => {
		return outputOf(execution, 'Results').map(({ json }) => [json.name, json.callSid, json.result]);
	};
	const early = [
		['Ada', callOf(ADA), 'Reached'],
		['Ben', callOf(BEN), 'Not reached'],
	];
	expect(resultBySid(second)).toEqual(early);

	n8n.polyAi.finish(callOf(FINN));
	await goOnAtItsTime(second);
	const end = await success(id);
	expect(resultBySid(end)).toEqual([...early, ['Cleo', callOf(FINN), 'Reached']]);
	expect(n8n.polyAi.journal.dialsByNumber()).toEqual({ [ADA]: 1, [BEN]: 1, [FINN]: 1 });
});

describe('reminders at a polite pace', () => {
	const ROWS = 'reminders-at-a-polite-pace.json';
	const LONDON = ['+442079460001', '+442079460002'] as const;
	const NEW_YORK = '+12025550101';
	const HONOLULU = '+18085550101';
	const ZONES: Record<string, string> = {
		[LONDON[0]]: ZONE,
		[LONDON[1]]: ZONE,
		[NEW_YORK]: 'America/New_York',
		[HONOLULU]: 'Pacific/Honolulu',
	};

	/** Noon of a Tuesday in UTC: in London people may be called, in New York and Honolulu it is too early. */
	function nextTuesday(): number {
		const noon = new Date();
		noon.setUTCHours(12, 0, 0, 0);
		const daysAway = (2 + 7 - noon.getUTCDay()) % 7 || 7;
		return noon.getTime() + daysAway * 24 * 60 * MINUTE;
	}

	/** Two are called at once: either may be the first. */
	const dialed = () => n8n.polyAi.journal.dials.map(({ number }) => number).sort();
	const jsonOf = (execution: Execution, node: string): IDataObject[] =>
		outputOf(execution, node).map(({ json }) => json);
	const outcomes = (execution: Execution) =>
		jsonOf(execution, 'Results').map(({ name, result }) => [name, result]);

	test('everybody is called once, in their own hours, and each row comes to an end', async () => {
		await startClock(nextTuesday() - Date.now());
		const id = await start(ROWS);
		const noon = await n8n.client.executionOnce(id, 'waits for New York', isWaiting);
		expect(localTime(new Date(noon.waitTill ?? ''), ZONES[NEW_YORK])).toMatch(/09:00:00$/);
		expect(dialed()).toEqual([...LONDON].sort());
		// What is done does not wait for the others.
		const done = [
			['Ada', 'Reached'],
			['Ben', 'Not reached'],
			['Ada again', 'Not called'],
		];
		expect(outcomes(noon)).toEqual(done);
		expect(jsonOf(noon, 'Rows to Check')).toMatchObject([
			{
				name: 'Eve',
				phone: '12 34',
				result: 'Not called',
				reason: expect.stringContaining('12 34'),
			},
		]);

		await goOnAtItsTime(noon);
		const evening = await n8n.client.executionOnce(id, 'waits for Honolulu', (execution) => {
			return isWaiting(execution) && execution.waitTill !== noon.waitTill;
		});
		expect(localTime(new Date(evening.waitTill ?? ''), ZONES[HONOLULU])).toMatch(/09:00:00$/);
		done.push(['Dan', 'Reached'], ['Dan again', 'Not called']);
		expect(outcomes(evening)).toEqual(done);

		await goOnAtItsTime(evening);
		const end = await success(id);
		expect(outcomes(end)).toEqual([...done, ['Cleo', 'Reached']]);
		expect(dialed()).toEqual(Object.keys(ZONES).sort());
		for (const { callSid, phoneNumber, triggeredAt } of jsonOf(end, 'Call the Patients')) {
			if (callSid === undefined) continue;
			const time = localTime(new Date(String(triggeredAt)), ZONES[String(phoneNumber)]);
			expect(Number(/, (\d\d)/.exec(time)?.[1])).toBeGreaterThanOrEqual(9);
			expect(Number(/, (\d\d)/.exec(time)?.[1])).toBeLessThan(20);
		}
		// The one who failed once does not come back.
		expect(jsonOf(end, 'Rows to Check')).toHaveLength(1);
	});
});
