import { CallLog } from '../../../nodes/shared/callLog/callLog.ts';
import { NoAnswer, type HttpRequest } from '../../../nodes/shared/http/transport.ts';
import type { Result } from '../../../nodes/shared/sending/request.ts';
import { answer, scriptedSender } from '../support/sender.mts';

const CALL = {
	callSid: 'SID-1',
	status: 'queued',
	phoneNumber: '+442079460018',
	triggeredAt: Date.UTC(2026, 10, 23, 12),
	workflowId: 'W',
	executionId: '7',
};

const MINUTE = 60_000;
const nobodyThere = new NoAnswer(false, 'refused');

/** How n8n answers while it starts, one after the other. */
const STARTING: Array<[string, Result]> = [
	['nobody is there', nobodyThere],
	['its connections break', new NoAnswer(true, 'reset')],
	['it has no database yet', answer(503, { message: 'Database is not ready!' })],
	['it changes its database', answer(200, 'n8n is starting up. Please wait')],
	['it does not know its paths yet', answer(404, '<pre>Cannot POST /api/v1/data-tables</pre>')],
];

/** An n8n that has the table, once it is up. */
function n8nWithTable(before: (request: HttpRequest, at: number) => Result | undefined) {
	const rows = new Set<string>();
	const start = CALL.triggeredAt;
	const sender = scriptedSender((request) => {
		const early = before(request, sender.clock.now() - start);
		if (request.method === 'GET') {
			return early ?? answer(200, { data: [...rows].map((callSid) => ({ callSid })) });
		}
		const [{ callSid }] = (request.body as { data: [{ callSid: string }] }).data;
		if (early === undefined || (early instanceof NoAnswer && early.why === 'timeout'))
			rows.add(callSid);
		return early ?? answer(200, 1);
	});
	const log = new CallLog({ baseUrl: 'http://127.0.0.1:1', sender }, 'T');
	const inserts = () => sender.sent.filter(({ method }) => method === 'POST');
	return { log, rows, sender, inserts };
}

test.each(STARTING)(
	'n8n is being started: %s; the row is written as soon as it is up',
	async (_, starting) => {
		const { log, rows } = n8nWithTable((_request, at) => (at < 3 * MINUTE ? starting : undefined));
		await log.add(CALL, Infinity);
		expect([...rows]).toEqual(['SID-1']);
	},
);

test('n8n stays away: it is said after five minutes', async () => {
	const { log, sender } = n8nWithTable(() => nobodyThere);
	const start = sender.clock.now();
	await expect(log.add(CALL, Infinity)).rejects.toMatchObject({ code: 'unreachable' });
	const waited = sender.clock.now() - start;
	expect(waited).toBeGreaterThan(4 * MINUTE);
	expect(waited).toBeLessThanOrEqual(5 * MINUTE);
});

test('when it has been waited for in vain, it is tried once', async () => {
	const { log, sender } = n8nWithTable(() => nobodyThere);
	await expect(log.add(CALL, 1)).rejects.toMatchObject({ code: 'unreachable' });
	expect(sender.sent).toHaveLength(1);
});

test('what n8n refuses is not tried again', async () => {
	const { log, sender } = n8nWithTable(() => answer(404, { message: 'Data table not found' }));
	await expect(log.add(CALL, Infinity)).rejects.toMatchObject({ code: 'notFound' });
	expect(sender.sent).toHaveLength(1);
});

test('an answer that was lost was a yes: the row is not written again', async () => {
	let isFirst = true;
	const { log, inserts } = n8nWithTable(() => {
		if (!isFirst) return undefined;
		isFirst = false;
		return new NoAnswer(true, 'timeout');
	});
	await log.add(CALL, Infinity);
	expect(inserts()).toHaveLength(1);
});
