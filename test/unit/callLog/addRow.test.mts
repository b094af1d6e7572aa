import { CallLog } from '../../../nodes/shared/callLog/callLog.ts';
import { DataTable, type TableFault } from '../support/dataTable.mts';
import { scriptedSender } from '../support/sender.mts';

const CALL = {
	callSid: 'SID-1',
	status: 'queued',
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
	return { log: new CallLog(api, 'T'), table, passed };
}

test.each<[string, TableFault]>([
	['nobody is there', 'lostBefore'],
	['it has no database yet', { status: 503, body: { message: 'Database is not ready!' } }],
	['it changes its database', { status: 200, body: 'n8n is starting up. Please wait' }],
	['it does not know its paths yet', { status: 404, body: '<pre>Cannot POST /api</pre>' }],
])('n8n is being started and %s: the row is written as soon as it is up', async (_, starting) => {
	const { log, table } = logWhere((ms) => (ms < 3 * MINUTE ? starting : 'none'));
	await log.add(CALL);
	expect(table.rows.map(({ callSid }) => callSid)).toEqual(['SID-1']);
});

test('n8n stays away: it is said after five minutes at most', async () => {
	const { log, passed } = logWhere(() => 'lostBefore');
	await expect(log.add(CALL)).rejects.toMatchObject({ code: 'unreachable' });
	expect(passed()).toBeGreaterThan(4 * MINUTE);
	expect(passed()).toBeLessThanOrEqual(5 * MINUTE);
});

test('what n8n itself refuses is not tried again', async () => {
	const { log, table } = logWhere(() => ({ status: 404, body: { message: 'No such table' } }));
	await expect(log.add(CALL)).rejects.toMatchObject({ code: 'notFound' });
	expect(table.requests).toHaveLength(1);
});
