import { CallError } from '../../../nodes/shared/errors/callError.ts';
import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import type { Account } from '../../../nodes/shared/polyai/account.ts';
import { march2026 } from '../../../nodes/shared/polyai/versions/march2026.ts';
import { may2026 } from '../../../nodes/shared/polyai/versions/may2026.ts';
import { placeCall } from '../../../nodes/shared/polyai/placeCall.ts';
import { countAsReachable } from '../../../nodes/shared/polyai/reachability.ts';
import type { HttpResult } from '../../../nodes/shared/http/sendWithRetry.ts';
import { accepted, answer, scriptedSender } from '../../support/unit/sender.mts';

const call = { phoneNumber: '+442079460018' };

/** PolyAI itself could not queue the call. */
const notQueued = answer(500, { error: 'The call could not be queued', code: 'QUEUE' });
let hosts = 0;
/** A host of its own for every test, since the path that answers is remembered by host. */
function account(): Account {
	const baseUrl = `https://polyai-${hosts++}.example`;
	countAsReachable(baseUrl);
	return { baseUrl, versions: [march2026, may2026] };
}

async function place(
	results: HttpResult[],
	{ retryServerErrors = true, ...options }: { retryServerErrors?: boolean; random?: number } = {},
) {
	const sender = scriptedSender((_, index) => results[index] ?? accepted(), options);
	const placed = await placeCall(sender, account(), call, { retryServerErrors }).catch(
		(error: unknown) => error,
	);
	return { placed, sent: sender.sent, sender };
}

describe('sent again, since it certainly was not placed', () => {
	test.each<[string, HttpResult]>([
		['429', answer(429)],
		['500 of PolyAI', notQueued],
		['connection refused', new NoAnswer(false, 'refused')],
		['the host’s name cannot be found', new NoAnswer(false, 'nameNotFound')],
		['TLS fails', new NoAnswer(false, 'tls')],
	])('%s', async (_, failure) => {
		const { placed, sent } = await place([failure, failure]);
		expect(placed).toMatchObject({ callSid: 'SID-1', status: 'queued' });
		expect(sent).toHaveLength(3);
	});
});

describe('never sent again, since it may have been placed', () => {
	test.each<[string, HttpResult]>([
		['a timeout', new NoAnswer(true, 'timeout')],
		['a reset', new NoAnswer(true, 'reset')],
		['an unknown failure of the network', new NoAnswer(true, 'network')],
		['500 of a gateway', answer(500, '<html>')],
		['502 of a gateway', answer(502, '')],
		['503 of a gateway', answer(503, { message: 'Service Unavailable' })],
		['504', answer(504, '<html>')],
		['520', answer(520)],
		['408', answer(408)],
		['a 2xx that cannot be read', answer(200, 'garbage')],
		['a 2xx without a call SID', answer(201, { ok: true })],
		['a 2xx with an empty call SID', answer(200, { callSid: '' })],
	])('%s', async (_, failure) => {
		const { placed, sent } = await place([failure]);
		expect(sent).toHaveLength(1);
		expect(placed).toMatchObject({ code: 'outcomeUnknown' });
		expect((placed as CallError).details.description).toContain('not sent again');
		expect((placed as CallError).details.description).not.toContain('No call was placed');
	});

	test('a timeout after a 429 does not make it certain', async () => {
		const { placed, sent } = await place([answer(429), new NoAnswer(true, 'timeout')]);
		expect(placed).toMatchObject({ code: 'outcomeUnknown' });
		expect(sent).toHaveLength(2);
	});
});

describe('refused for good, and said so', () => {
	test.each([
		[400, 'badRequest'],
		[401, 'unauthorized'],
		[422, 'badRequest'],
		[302, 'unreachable'],
	])('%s', async (status, code) => {
		const { placed, sent } = await place([answer(status, { error: 'Because', code: 'X' })]);
		expect(sent).toHaveLength(1);
		expect(placed).toMatchObject({ code });
		expect((placed as CallError).message).toContain('Because');
		expect((placed as CallError).details.description).toContain('No call was placed');
	});

	test('500 with the option off', async () => {
		const { placed, sent } = await place([notQueued], { retryServerErrors: false });
		expect(sent).toHaveLength(1);
		expect(placed).toMatchObject({ code: 'serverError' });
	});
});

test('after five server errors it gives up', async () => {
	const { placed, sent } = await place(Array(9).fill(notQueued) as HttpResult[]);
	expect(sent).toHaveLength(5);
	expect(placed).toMatchObject({ code: 'serverError' });
});

test('the pauses double, with jitter up to the whole pause', async () => {
	const { sent } = await place(Array(4).fill(notQueued) as HttpResult[], { random: 1 });
	const pauses = sent.slice(1).map(({ at }, index) => at - (sent[index]?.at ?? 0));
	expect(pauses).toEqual([1000, 2000, 4000, 8000]);
	const { sent: halved } = await place([notQueued], { random: 0.5 });
	expect((halved[1]?.at ?? 0) - (halved[0]?.at ?? 0)).toBe(500);
});

test('Retry-After is obeyed, in seconds and as a date', async () => {
	const seconds = await place([answer(429, {}, { 'retry-after': '7' })]);
	expect((seconds.sent[1]?.at ?? 0) - (seconds.sent[0]?.at ?? 0)).toBe(7000);
	const start = seconds.sent[0]?.at ?? 0;
	const date = new Date(start + 9000).toUTCString();
	const dated = await place([answer(429, {}, { 'retry-after': date })]);
	expect((dated.sent[1]?.at ?? 0) - (dated.sent[0]?.at ?? 0)).toBe(9000);
});

test('PolyAI may ask to slow down more than five times, for five minutes', async () => {
	const limited = answer(429, {}, { 'retry-after': '30' });
	const { placed } = await place(Array(8).fill(limited) as HttpResult[]);
	expect(placed).toMatchObject({ callSid: 'SID-1' });
	const { placed: never, sent } = await place(Array(99).fill(limited) as HttpResult[]);
	expect(never).toMatchObject({ code: 'rateLimited' });
	expect((sent.at(-1)?.at ?? 0) - (sent[0]?.at ?? 0)).toBeLessThanOrEqual(300_000);
});

test('Retry-After: 0, or a time that has passed, does not bring on a storm of requests', async () => {
	for (const retryAfter of ['0', 'Mon, 23 Nov 2020 12:00:00 GMT']) {
		const limited = answer(429, {}, { 'retry-after': retryAfter });
		const { placed, sent } = await place(Array(9999).fill(limited) as HttpResult[], {
			random: 0.5,
		});
		expect(placed).toMatchObject({ code: 'rateLimited' });
		expect(sent.length).toBeLessThan(30);
	}
});

test('a request to slow down is none of the five tries', async () => {
	const { placed } = await place([...(Array(5).fill(answer(429)) as HttpResult[]), notQueued]);
	expect(placed).toMatchObject({ callSid: 'SID-1' });
});

test('a 429 holds up all calls of the run', async () => {
	const sender = scriptedSender(
		(_, index) => (index === 0 ? answer(429, {}, { 'retry-after': '40' }) : accepted()),
		{ latencyMs: 100 },
	);
	const rules = { retryServerErrors: true };
	const first = placeCall(sender, account(), call, rules);
	await sender.clock.sleep(200);
	await Promise.all([first, placeCall(sender, account(), call, rules)]);
	const start = sender.sent[0]?.at ?? 0;
	expect(sender.sent.map(({ at }) => at - start)).toEqual([0, 40_100, 40_100]);
});

test('it is asked before every single request whether the call may still go out', async () => {
	let asked = 0;
	const sender = scriptedSender((_, index) => [answer(404), notQueued][index] ?? accepted());
	const beforeSending = async () => {
		asked++;
		expect(sender.sent).toHaveLength(asked - 1);
	};
	await placeCall(sender, account(), call, { retryServerErrors: true, beforeSending });
	expect([asked, sender.sent.length]).toEqual([3, 3]);
});

test('while requests in flight are at their limit, time passes: it is asked after that', async () => {
	const sender = scriptedSender(() => accepted());
	let isOpen = true;
	sender.limit = async (task) => {
		isOpen = false;
		return await task();
	};
	const placed = placeCall(sender, account(), call, {
		retryServerErrors: true,
		async beforeSending() {
			if (!isOpen) throw new Error('Too late in the day');
		},
	});
	await expect(placed).rejects.toThrow('Too late in the day');
	expect(sender.sent).toEqual([]);
});

test('after a Retry-After of a day all other calls of the run fail at once, unsent', async () => {
	const sender = scriptedSender(() => answer(429, {}, { 'retry-after': '86400' }));
	const start = sender.clock.now();
	for (let item = 0; item < 30; item++) {
		const refused = placeCall(sender, account(), call, { retryServerErrors: true });
		await expect(refused).rejects.toMatchObject({
			code: 'rateLimited',
			details: {
				description:
					"No call was placed. PolyAI takes no requests until 2026-11-24 12:00 UTC. Lower 'Calls per Minute' or 'Max Concurrency' in the options, then run the item again.",
			},
		});
	}
	expect(sender.sent).toHaveLength(1);
	expect(sender.clock.now()).toBe(start);
});

test('a Retry-After of an hour is told at once instead of waited for', async () => {
	const { placed, sent, sender } = await place([answer(429, {}, { 'retry-after': '3600' })]);
	expect(placed).toMatchObject({ code: 'rateLimited' });
	expect(sent).toHaveLength(1);
	expect(sender.clock.now()).toBe(sent[0]?.at);
});

test('Stop ends the waiting, and nothing more is sent', async () => {
	const stop = new AbortController();
	const sender = scriptedSender(
		() => {
			stop.abort();
			return answer(429, {}, { 'retry-after': '60' });
		},
		{ signal: stop.signal },
	);
	await expect(
		placeCall(sender, account(), call, { retryServerErrors: true }),
	).rejects.toMatchObject({ code: 'rateLimited' });
	expect(sender.sent).toHaveLength(1);
});

describe('the path of the other API version', () => {
	const paths = (sent: Array<{ url: string }>) => sent.map(({ url }) => new URL(url).pathname);
	const G1 = '/v1/outbound-calling/trigger';
	const G2 = '/v1/outbound-calling';

	test.each([404, 405, 403])('is tried after %s, and remembered', async (status) => {
		const host = account();
		const sender = scriptedSender(({ url }) =>
			url.endsWith('/trigger') ? answer(status) : answer(200, { call_sid: 'OUT-1' }),
		);
		const rules = { retryServerErrors: true };
		expect(await placeCall(sender, host, call, rules)).toMatchObject({ callSid: 'OUT-1' });
		expect(await placeCall(sender, host, call, rules)).toMatchObject({ callSid: 'OUT-1' });
		expect(paths(sender.sent)).toEqual([G1, G2, G2]);
	});

	test.each<[string, HttpResult]>([
		['400', answer(400)],
		['401', answer(401)],
		['504', answer(504)],
		['a timeout', new NoAnswer(true, 'timeout')],
		['a reset', new NoAnswer(true, 'reset')],
		['garbage', answer(200, 'garbage')],
	])('is not tried after %s', async (_, failure) => {
		expect(paths((await place([failure])).sent)).toEqual([G1]);
	});

	test('if both refuse, the second answer is reported', async () => {
		const { placed } = await place([answer(404), answer(403, { error: 'Not for you', code: 'X' })]);
		expect(placed).toMatchObject({ code: 'unauthorized' });
		expect((placed as CallError).message).toContain('Not for you');
	});

	test('a remembered path that is gone is no dead end', async () => {
		const host = account();
		let isMoved = false;
		const sender = scriptedSender(({ url }) => {
			return url.endsWith('/trigger') === isMoved ? accepted() : answer(404);
		});
		await placeCall(sender, host, call, { retryServerErrors: true });
		isMoved = true;
		await placeCall(sender, host, call, { retryServerErrors: true });
		expect(paths(sender.sent)).toEqual([G1, G2, G2, G1]);
	});
});
