import type { LogRow } from '../../../nodes/shared/callLog/logRow.ts';
import { TableRows } from '../../../nodes/shared/dataTables/tableRows.ts';
import { PlacedRows } from '../../../nodes/shared/callLog/placedRows.ts';
import { DataTable, type TableFault } from '../../support/unit/dataTable.mts';
import { scriptedSender } from '../../support/unit/sender.mts';

const CALL = {
	phoneNumber: '+442079460018',
	triggeredAt: Date.UTC(2026, 10, 23, 12),
	workflowId: 'W',
	executionId: '7',
};

const MINUTE = 60_000;

/** A log in an n8n to whose requests something happens, by the time since the start. */
function logWhere(faultAt: (ms: number) => TableFault) {
	const { clock, ...sender } = scriptedSender(() => ({ status: 500, headers: {}, body: {} }));
	const start = clock.now();
	const passed = () => clock.now() - start;
	const table = new DataTable(() => faultAt(passed()));
	const api = { baseUrl: 'http://127.0.0.1:1', sender: { ...sender, clock, send: table.send } };
	return { log: new PlacedRows(new TableRows<LogRow>(api, 'T')), table, passed };
}

test.each<[string, TableFault]>([
	['nobody is there', 'lostBefore'],
	['it has no database yet', { status: 503, body: { message: 'Database is not ready!' } }],
	['it changes its database', { status: 200, body: 'n8n is starting up. Please wait' }],
	['it does not know its paths yet', { status: 404, body: '<pre>Cannot POST /api</pre>' }],
])('n8n is being started and %s: the row is written as soon as it is up', async (_, starting) => {
	const { log, table } = logWhere((ms) => (ms < 3 * MINUTE ? starting : 'none'));
	await log.begin(CALL);
	expect(table.rows.map(({ phoneNumber }) => phoneNumber)).toEqual([CALL.phoneNumber]);
});

test('n8n stays away: it is said after five minutes at most', async () => {
	const { log, passed } = logWhere(() => 'lostBefore');
	await expect(log.begin(CALL)).rejects.toMatchObject({ code: 'unreachable' });
	expect(passed()).toBeGreaterThan(4 * MINUTE);
	expect(passed()).toBeLessThanOrEqual(5 * MINUTE);
});

test('what n8n itself refuses is not tried again', async () => {
	const { log, table } = logWhere(() => ({ status: 404, body: { message: 'No such table' } }));
	await expect(log.begin(CALL)).rejects.toMatchObject({ code: 'notFound' });
	expect(table.requests).toHaveLength(1);
});

test('an answer that is lost leads to one row, also for two calls to one number at one moment', async () => {
	let losses = 2;
	const { log, table } = logWhere(() => (losses-- > 0 ? 'lostAfter' : 'none'));
	const ids = await Promise.all([log.begin(CALL), log.begin(CALL)]);
	expect(new Set(ids).size).toBe(2);
	expect(table.rows.map(({ id }) => id).sort()).toEqual(ids.sort());
});

test('a row that someone has deleted is reported as gone', async () => {
	const { log, table } = logWhere(() => 'none');
	const id = await log.begin(CALL);
	table.rows.length = 0;
	const accepted = { callSid: 'SID-1', status: 'queued', triggeredAt: '' } as const;
	await expect(log.accepted(id, accepted)).rejects.toThrow('deleted');
});

test('where the answer about the call SID is lost, what a trigger has written since stays', async () => {
	const { log, table } = logWhere(() => {
		if (table.requests.at(-1)?.method !== 'PATCH') return 'none';
		const [row] = table.rows;
		if (row?.callSid) row.status = 'success';
		return row?.callSid ? 'none' : 'lostAfter';
	});
	const id = await log.begin(CALL);
	await log.accepted(id, { callSid: 'SID-1', status: 'queued', triggeredAt: '' });
	expect(table.rows).toEqual([expect.objectContaining({ callSid: 'SID-1', status: 'success' })]);
});
