import pLimit from 'p-limit';
import type { CallError } from '../../../nodes/shared/errors/callError.ts';
import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import type { Account } from '../../../nodes/shared/polyai/account.ts';
import { agentsJune2026 } from '../../../nodes/shared/polyai/versions/agentsJune2026.ts';
import { tokenVersions } from '../../../nodes/shared/polyai/versions/versions.ts';
import { forEachConcurrently } from '../../../nodes/shared/forEachConcurrently.ts';
import { placeCall, type AcceptedCall } from '../../../nodes/shared/polyai/placeCall.ts';
import {
	countAsDoubtful,
	countAsReachable,
	isReachable,
} from '../../../nodes/shared/polyai/reachability.ts';
import type { HttpResult } from '../../../nodes/shared/http/sendWithRetry.ts';
import { toResult } from '../../../nodes/shared/toResult.ts';
import {
	accepted,
	answer,
	scriptedSender,
	type ScriptedSender,
} from '../../support/unit/sender.mts';

const PLACED = 'placed';
const BROKEN = new NoAnswer(true, 'reset');
/** What PolyAI says of a call that nobody placed. */
const unknownCall = answer(404, { error: 'No such call', code: 'NOT_FOUND' });
const html = (status: number) => answer(status, '<html><h1>Somebody else</h1></html>');

let hosts = 0;
/** A PolyAI of which this process has never heard. */
const account = (versions: Account['versions'] = tokenVersions): Account => ({
	baseUrl: `https://new-${hosts++}.example`,
	versions,
});

/** Calls that come in order, as many at once as a run has lines. */
async function place(
	sender: ScriptedSender,
	to: Account,
	{ people = 1, concurrency = 5 } = {},
): Promise<string[]> {
	const limit = pLimit(concurrency);
	const outcomes: string[] = [];
	const step = async (person: number) => {
		const call = { phoneNumber: `+4420794${60_000 + person}` };
		const outcome = await toResult(async () => {
			return await placeCall({ ...sender, limit }, to, call, { retryServerErrors: true });
		});
		outcomes[person] = codeOf(outcome);
	};
	await forEachConcurrently(people, concurrency, step, () => true);
	return outcomes;
}

function codeOf(outcome: { value: AcceptedCall } | { error: unknown }): string {
	return 'value' in outcome ? PLACED : (outcome.error as CallError).code;
}

const methods = ({ sent }: ScriptedSender) => sent.map(({ method }) => method);
const posts = ({ sent }: ScriptedSender) => sent.filter(({ method }) => method === 'POST');
const count = (outcomes: string[], wanted: string) =>
	outcomes.filter((outcome) => outcome === wanted).length;

/** Answers calls, and questions in their own way. */
function polyAi(
	question: (index: number) => HttpResult,
	call: (index: number) => HttpResult = () => accepted(),
) {
	let [questions, calls] = [0, 0];
	return scriptedSender(({ method }) => {
		return method === 'GET' ? question(questions++) : call(calls++);
	});
}

describe('before the first call of a process to a base URL', () => {
	test.each([
		['with a token', tokenVersions, /\/v1\/outbound-calling\/0{8}-[-0-9]+\/status$/],
		[
			'with an API key',
			[agentsJune2026('PROJECT-1')] as const,
			/\/telephony\/outbound-calls\/0{8}-[-0-9]+\/status\?environment=live$/,
		],
	])('PolyAI is asked for nobody’s call, once for all calls: %s', async (_, versions, url) => {
		const sender = polyAi(() => unknownCall);
		const to = account(versions);
		expect(await place(sender, to, { people: 20 })).toEqual(Array(20).fill(PLACED));
		await place(sender, to);
		expect(methods(sender)).toEqual(['GET', ...Array<string>(21).fill('POST')]);
		expect(sender.sent[0]?.url).toMatch(url);
	});

	test('500 rows behind a network that breaks everything are not reached, and nobody is called', async () => {
		const sender = polyAi(() => new NoAnswer(false, 'tls'));
		expect(await place(sender, account(), { people: 500 })).toEqual(Array(500).fill('unreachable'));
		expect(methods(sender)).toEqual(Array(5).fill('GET'));
	});

	test('it is said that no call was placed, and why', async () => {
		const call = { phoneNumber: '+442079460018' };
		for (const [reply, why] of [
			[BROKEN, 'The connection broke. Try again later.'],
			[
				html(403),
				'Something between n8n and PolyAI answered in its place, such as a proxy or a gateway. Try again later. If it goes on, check the region or the base URL in the credential, or ask whoever runs your network.',
			],
		] as const) {
			const placed = placeCall(
				polyAi(() => reply),
				account(),
				call,
				{ retryServerErrors: true },
			);
			await expect(placed).rejects.toMatchObject({
				code: 'unreachable',
				message: 'PolyAI could not be reached',
				details: { description: `No call was placed. ${why}` },
			});
		}
	});

	test('a hiccup costs nobody a call', async () => {
		const sender = polyAi((index) => [BROKEN, html(503), answer(429)][index] ?? unknownCall);
		expect(await place(sender, account(), { people: 9 })).toEqual(Array(9).fill(PLACED));
		expect(methods(sender).slice(0, 4)).toEqual(['GET', 'GET', 'GET', 'POST']);
	});

	test('a token that is refused is an answer: the call hears of it itself', async () => {
		const refused = answer(401, { error: 'No', code: 'UNAUTHORIZED' });
		const sender = polyAi(
			() => refused,
			() => refused,
		);
		expect(await place(sender, account())).toEqual(['unauthorized']);
	});
});

describe('what counts as an answer of PolyAI', () => {
	const withHeader = { 'x-polyai-correlation-id': 'abc' };
	test.each<[string, HttpResult]>([
		['a status', answer(200, { status: 'queued' })],
		['its own server error', answer(503, { error: 'Down', code: 'DOWN' })],
		['a server error with its header', answer(500, '', withHeader)],
		['a page with its header', answer(404, '<html>', withHeader)],
		['an empty 404', answer(404, '')],
		['a 403 in JSON', answer(403, { message: 'Missing Authentication Token' })],
		['a 400 in JSON', answer(400, { detail: 'Malformed' })],
		['a 429 of anybody', html(429)],
	])('%s', async (_, reply) => {
		expect(
			await place(
				polyAi(() => reply),
				account(),
			),
		).toEqual([PLACED]);
	});

	test.each<[string, HttpResult]>([
		['a page', html(200)],
		['a page that is not found', html(404)],
		['a text', answer(403, 'Blocked by the administrator')],
		['a redirect', answer(302, '')],
		['a proxy that wants a password', answer(407, {})],
		['a server that gave up', answer(408, {})],
		['an empty 502', answer(502, '')],
		['a gateway’s JSON', answer(500, { message: 'Internal server error' })],
		['no connection', new NoAnswer(false, 'refused')],
		['no answer', new NoAnswer(true, 'timeout')],
	])('not %s', async (_, reply) => {
		const sender = polyAi(() => reply);
		expect(await place(sender, account())).toEqual(['unreachable']);
		expect(posts(sender)).toEqual([]);
	});
});

describe('after a call whose outcome is unknown', () => {
	test.each<[string, HttpResult]>([
		['the connection broke', BROKEN],
		['a gateway answered', html(502)],
		['the answer cannot be read', answer(200, 'garbage')],
	])('PolyAI is asked before the next one: %s', async (_, unclear) => {
		const to = account();
		countAsReachable(to.baseUrl);
		const sender = polyAi(
			() => unknownCall,
			(index) => (index === 0 ? unclear : accepted()),
		);
		expect(await place(sender, to, { people: 3, concurrency: 1 })).toEqual([
			'outcomeUnknown',
			PLACED,
			PLACED,
		]);
		expect(methods(sender)).toEqual(['POST', 'GET', 'POST', 'POST']);
	});

	test('one that would be sent again waits as well', async () => {
		const to = account();
		countAsReachable(to.baseUrl);
		const sender = polyAi(
			() => unknownCall,
			(index) => [answer(429), BROKEN][index] ?? accepted(),
		);
		expect(await place(sender, to, { people: 2, concurrency: 2 })).toEqual([
			PLACED,
			'outcomeUnknown',
		]);
		expect(methods(sender)).toEqual(['POST', 'POST', 'GET', 'POST']);
	});

	test('one that has waited only for its place in the network waits as well', async () => {
		const to = account();
		countAsReachable(to.baseUrl);
		const sender = polyAi(
			() => unknownCall,
			(index) => (index === 0 ? BROKEN : accepted()),
		);
		sender.limit = pLimit(1);
		const calls = [60_018, 60_019].map(async (number) => {
			const call = { phoneNumber: `+4420794${number}` };
			return await toResult(async () => {
				return await placeCall(sender, to, call, { retryServerErrors: true });
			});
		});
		expect((await Promise.all(calls)).map(codeOf)).toEqual(['outcomeUnknown', PLACED]);
		expect(methods(sender)).toEqual(['POST', 'GET', 'POST']);
	});

	test('that comes while the last preparations of another one are made, it is asked anew', async () => {
		const to = account();
		countAsReachable(to.baseUrl);
		const sender = polyAi(() => unknownCall);
		let times = 0;
		await placeCall(
			sender,
			to,
			{ phoneNumber: '+442079460018' },
			{
				retryServerErrors: true,
				async beforeSending() {
					if (times++ === 0) countAsDoubtful(to.baseUrl);
				},
			},
		);
		expect(methods(sender)).toEqual(['GET', 'POST']);
		expect(times).toBe(2);
	});

	test('a call that goes well meanwhile is no answer to the question', async () => {
		const to = account();
		countAsReachable(to.baseUrl);
		const sender = scriptedSender(
			({ method }, index) => (method === 'GET' ? unknownCall : index === 0 ? BROKEN : accepted()),
			{ latencyMs: 10 },
		);
		await place(sender, to, { people: 3, concurrency: 2 });
		expect(methods(sender)).toEqual(['POST', 'POST', 'GET', 'POST']);
	});
});

describe('the line breaks after every request for a minute', () => {
	const MINUTE = 60_000;

	function outage(until: 'cold' | 'warm') {
		const to = account();
		if (until === 'warm') countAsReachable(to.baseUrl);
		const sender = scriptedSender(
			({ method }) => {
				if (sender.clock.now() - start < MINUTE) return BROKEN;
				return method === 'GET' ? unknownCall : accepted();
			},
			{ latencyMs: 300 },
		);
		const start = sender.clock.now();
		return { sender, to };
	}

	test('60 rows, five lines: the five that were on their way are unknown, the others not placed', async () => {
		const { sender, to } = outage('warm');
		const outcomes = await place(sender, to, { people: 60 });
		expect(count(outcomes, 'outcomeUnknown')).toBe(5);
		expect(count(outcomes, 'unreachable')).toBe(55);
		expect(posts(sender)).toHaveLength(5);
		const numbers = posts(sender).map(({ body }) => (body as { to_number: string }).to_number);
		expect(numbers).toEqual([...new Set(numbers)]);
	});

	test('the rows that were not placed can be run again, and are placed when the minute is over', async () => {
		const { sender, to } = outage('cold');
		expect(await place(sender, to, { people: 60 })).toEqual(Array(60).fill('unreachable'));
		const asked = sender.sent.length;
		await sender.clock.sleep(20_000);
		expect(await place(sender, to, { people: 60 })).toEqual(Array(60).fill('unreachable'));
		expect(sender.sent).toHaveLength(asked);
		await sender.clock.sleep(11_000);
		expect(await place(sender, to, { people: 60 })).toEqual(Array(60).fill('unreachable'));
		expect(sender.sent).toHaveLength(asked + 1);
		await sender.clock.sleep(31_000);
		expect(await place(sender, to, { people: 60 })).toEqual(Array(60).fill(PLACED));
		expect(isReachable(to.baseUrl)).toBe(true);
		expect(posts(sender)).toHaveLength(60);
	});
});

describe('runs that go on at the same time', () => {
	test('share one question', async () => {
		const to = account();
		const first = scriptedSender(() => unknownCall, { latencyMs: 100 });
		const second = polyAi(() => unknownCall);
		const asking = place(first, to);
		const waiting = place(second, to, { people: 3 });
		await waiting;
		await asking;
		expect(methods(first)[0]).toBe('GET');
		expect(methods(second)).toEqual(['POST', 'POST', 'POST']);
	});

	test('ask for themselves when the one that asks is stopped; it does not hang', async () => {
		const to = account();
		const stop = new AbortController();
		const first = scriptedSender(() => unknownCall, { signal: stop.signal });
		let isAsked = () => {};
		const asked = new Promise<void>((resolve) => (isAsked = resolve));
		let cancel = () => {};
		first.send = async () => {
			isAsked();
			return await new Promise((_, reject) => {
				cancel = () => reject(new NoAnswer(true, 'timeout'));
			});
		};
		const second = polyAi(() => unknownCall);
		const stopped = place(first, to, { people: 3 });
		const other = place(second, to);
		await asked;
		stop.abort();
		expect(await stopped).toEqual(Array(3).fill('timedOut'));
		// n8n ends the requests of a run that was stopped.
		cancel();
		expect(await other).toEqual([PLACED]);
		expect(methods(second)).toEqual(['GET', 'POST']);
	});
});

test('the question takes no place besides that of the call that waits for it', async () => {
	const to = account();
	let [inFlight, most] = [0, 0];
	const sender = scriptedSender(({ method }) => (method === 'GET' ? unknownCall : accepted()), {
		latencyMs: 10,
	});
	const { send } = sender;
	sender.send = async (request) => {
		most = Math.max(most, ++inFlight);
		return await send(request).finally(() => inFlight--);
	};
	expect(await place(sender, to, { people: 6, concurrency: 1 })).toEqual(Array(6).fill(PLACED));
	expect(most).toBe(1);
});

test('whatever else goes wrong with the question is not asked over and over', async () => {
	const sender = polyAi(() => unknownCall);
	sender.send = async () => await Promise.reject(new Error('A mistake of ours'));
	const call = { phoneNumber: '+442079460018' };
	const placed = placeCall(sender, account(), call, { retryServerErrors: true });
	await expect(placed).rejects.toThrow('A mistake of ours');
});
