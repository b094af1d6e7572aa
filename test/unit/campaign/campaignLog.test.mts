import { CampaignLog } from '../../../nodes/PolyAiOutbound/resources/campaign/campaignLog.ts';
import { rowOf, type LogRow } from '../../../nodes/shared/callLog/logRow.ts';
import { PlacedRows } from '../../../nodes/shared/callLog/placedRows.ts';
import {
	CalledLately,
	KeptBack,
	NotNow,
	type CampaignCall,
	type Claim,
} from '../../../nodes/shared/campaign/campaignTools.ts';
import { TableRows } from '../../../nodes/shared/dataTables/tableRows.ts';
import { DataTable } from '../../support/unit/dataTable.mts';
import { senderThrough } from '../../support/unit/sender.mts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';

const ANN = '+442079460100';
const CALL = { number: { phoneNumber: ANN } } as CampaignCall;
const ACCEPTED = { callSid: 'SID', status: 'queued' as const };
const HOUR_MS = 3_600_000;
const MINUTE = 60_000;

let clock: VirtualClock;
let table: DataTable;
let sent: number;

beforeEach(() => {
	clock = new VirtualClock(Date.UTC(2026, 10, 23, 19, 58));
	table = new DataTable();
	sent = 0;
});

/** @param takesMs how long n8n takes for its next requests; what happens meanwhile, in their order */
function openLog(takesMs: number[] = [], meanwhile: Array<() => void> = []): CampaignLog {
	const send: DataTable['send'] = async (request) => {
		await clock.sleep(takesMs.shift() ?? 5);
		meanwhile.shift()?.();
		return await table.send(request);
	};
	const sender = senderThrough(clock, send);
	const rows = new PlacedRows(new TableRows<LogRow>({ baseUrl: 'http://n8n', sender }, 'log'));
	const ids = { workflowId: 'ours', executionId: '1' };
	return new CampaignLog(async () => await Promise.resolve(rows), { clock, ...ids }, 24 * HOUR_MS);
}

async function place(log: CampaignLog, claim: Partial<Claim> = {}, call = CALL): Promise<unknown> {
	const own: Claim = {
		take: async () => await Promise.resolve(clock.now()),
		checkHours() {},
		...claim,
	};
	const send = async (beforeSending: () => Promise<void>) => {
		await beforeSending();
		sent++;
		return ACCEPTED;
	};
	return await log.place(call, own, send).catch((error: unknown) => error);
}

function callElsewhere(row: Partial<LogRow> = {}) {
	const ids = { workflowId: 'another', executionId: '2' };
	table.insert({ ...rowOf({ phoneNumber: ANN, triggeredAt: clock.now(), ...ids }), ...row });
}

describe('after the campaign has called a person', () => {
	/** The campaign's call half an hour ago, and what others have written into the log right after it. */
	async function callAgain(write: (calledAt: number) => void) {
		const log = openLog();
		let lastCallAt = 0;
		const take = async () => await Promise.resolve((lastCallAt = clock.now()));
		expect(await place(log, { take })).toEqual(ACCEPTED);
		expect(await log.problems()).toEqual([]);
		write(lastCallAt);
		await clock.sleep(30 * MINUTE);
		const call = { ...CALL, lastCallAt };
		const [atFirstLook] = await openLog().calledLately([call]);
		return { atFirstLook, placed: await place(openLog(), {}, call) };
	}

	test.each([
		['a minute later', MINUTE],
		['at the same moment', 0],
		['a moment earlier, but wrote its row later', -500],
	])('a call by another workflow %s counts for the next one', async (_, ms) => {
		const { atFirstLook, placed } = await callAgain((calledAt) => {
			callElsewhere({ triggeredAt: new Date(calledAt + ms).toISOString() });
		});
		expect(atFirstLook).toBeInstanceOf(CalledLately);
		expect(placed).toBeInstanceOf(CalledLately);
		expect(sent).toBe(1);
	});

	test('every call counts in a log that does not show the campaign’s last one', async () => {
		callElsewhere();
		await clock.sleep(MINUTE);
		const call = { ...CALL, lastCallAt: clock.now() };
		await clock.sleep(30 * MINUTE);
		expect(await openLog().calledLately([call])).toEqual([expect.any(CalledLately)]);
		expect(await place(openLog(), {}, call)).toBeInstanceOf(CalledLately);
		expect(sent).toBe(0);
	});

	test('its own call does not count', async () => {
		expect(await callAgain(() => {})).toEqual({ atFirstLook: undefined, placed: ACCEPTED });
		expect(sent).toBe(2);
	});
});

describe('while n8n is slow', () => {
	test('a call whose checks are minutes old is put off, and its row says so', async () => {
		const log = openLog([5, 3 * MINUTE, 5, 3 * MINUTE]);
		expect(await place(log)).toBeInstanceOf(NotNow);
		expect(sent).toBe(0);
		expect(table.rows).toMatchObject([
			{ callSid: null, status: 'failure', reason: 'Not placed: The campaign has put it off.' },
		]);
		expect(await place(log)).toEqual(ACCEPTED);
	});

	test('an n8n that is always slow keeps no one from being called', async () => {
		expect(await place(openLog(Array(20).fill(4000) as number[]))).toEqual(ACCEPTED);
		expect(sent).toBe(1);
	});

	test('no one is called after the hours, however late they end', async () => {
		const end = Date.UTC(2026, 10, 23, 20);
		const checkHours = () => {
			if (clock.now() >= end) throw new KeptBack({ at: end + 13 * HOUR_MS });
		};
		const take = async () => {
			checkHours();
			return await Promise.resolve(clock.now());
		};
		const log = openLog([5, 119_000, 5, 5000]);
		expect(await place(log, { take, checkHours })).toBeInstanceOf(KeptBack);
		expect(sent).toBe(0);
		expect(table.rows[0]?.reason).toBe('Not placed: The campaign has put it off.');
	});

	test('the row of someone who has asked in the meantime not to be called says that', async () => {
		let times = 0;
		const take = async () => {
			if (times++ > 0) throw new KeptBack({ outcome: 'stopped', reason: 'On the list.' });
			return await Promise.resolve(clock.now());
		};
		expect(await place(openLog([5, MINUTE]), { take })).toBeInstanceOf(KeptBack);
		expect(table.rows[0]?.reason).toBe('Not placed: On the list.');
	});

	test.each([
		['PolyAI has accepted', { callSid: 'OTHER' }],
		['may have been placed', { reason: 'No one knows.' }],
	])('a later call that %s counts, and the row says when it was', async (_, row) => {
		const log = openLog(
			[5, MINUTE, 5, 5],
			[() => {}, () => {}, () => {}, () => callElsewhere(row)],
		);
		expect(await place(log)).toBeInstanceOf(CalledLately);
		expect(sent).toBe(0);
		expect(table.rows[0]?.reason).toBe(
			`Not placed: ${ANN} was last called at 2026-11-23 19:59 UTC.`,
		);
	});

	test.each([
		['gives way to the first one’s row', 8, [NotNow, CalledLately], ACCEPTED],
		['looks only when the first one has given way', MINUTE, [NotNow, Object], CalledLately],
	])(
		'of two that write their rows at the same moment one calls, if the second %s',
		async (...given) => {
			const [, looksAfterMs, outcomes, next] = given;
			const first = openLog([5, MINUTE, 5, 5]);
			// Its row is there when the first one looks again, and it hasn't looked itself yet.
			const second = openLog([MINUTE + 3, 5, looksAfterMs]);
			const both = await Promise.all([place(first), place(second)]);
			expect(both).toEqual(outcomes.map((type) => expect.any(type)));
			const later = await place(first);
			expect(later).toEqual(next === ACCEPTED ? ACCEPTED : expect.any(CalledLately));
			expect(sent).toBe(1);
		},
	);
});
