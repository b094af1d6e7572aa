import { findingsOf } from '../../../scripts/live/findings.mts';
import { heldAgainstDescription } from '../../../scripts/live/heldAgainstDescription.mts';
import type { RecordedExchange, Recording } from '../../../scripts/live/recording.mts';
import { recordingIn, reportOf } from '../../../scripts/live/report.mts';
import type { HttpAnswer, SendHttp } from '../../../nodes/shared/http/transport.ts';
import { kindOf, type RequestKind } from '../../../scripts/live/exchange.mts';
import type { VersionName } from '../../simulator/versions/apiVersion.mts';
import type { SimulatorOptions } from '../../simulator/server.mts';
import { simulatorUnlike } from '../../support/engine/simulatorAlike.mts';
import { accessTo, CONFIRMED, visit } from '../../support/unit/live/visit.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';

/** A visit to a PolyAI that answers requests of some kind in its own way. */
async function visitTo(
	version: 'g1' | 'g2' | 'g3',
	answers: Partial<Record<RequestKind, (answer: HttpAnswer) => HttpAnswer>>,
	{ mostRequests = 150, ...options }: SimulatorOptions & { mostRequests?: number } = {},
) {
	const enough = new AbortController();
	let requests = 0;
	const clock = new VirtualClock();
	const versions: VersionName[] = version === 'g3' ? ['g3', 'conversations'] : [version];
	const sleep = async (ms: number) => await clock.sleep(ms);
	const polyAi = await startPolyAi({ clock, sleep, versions, ...options });
	const between =
		(send: SendHttp): SendHttp =>
		async (request) => {
			const answer = await send(request);
			if (++requests === mostRequests) enough.abort();
			const kind = kindOf({ method: request.method, path: new URL(request.url).pathname });
			const isRefused = answer.status >= 400;
			return (!isRefused && answers[kind]?.(answer)) || answer;
		};
	return await visit([...accessTo(polyAi, version), ...CONFIRMED], {
		...{ clock, between, enough: enough.signal },
	});
}

const saying = (body: unknown) => (answer: HttpAnswer) => ({ ...answer, body });

function seen(recording: Recording, question: string): string | undefined {
	return findingsOf(recording).find((one) => one.question === question)?.answer;
}

function bodies(recording: Recording, kind: RequestKind): any[] {
	return recording.exchanges
		.filter(({ request, answer }) => kindOf(request) === kind && (answer?.status ?? 500) < 300)
		.map(({ answer }) => answer!.body);
}

function exchange(path: string, answer?: RecordedExchange['answer']): RecordedExchange {
	return {
		after: 0,
		request: { method: path.endsWith('/trigger') ? 'POST' : 'GET', path },
		answer,
	};
}

function aRecording(exchanges: RecordedExchange[], others: Partial<Recording> = {}): Recording {
	return {
		package: '0.1.0',
		startedAt: '2026-11-27T10:00:00.000Z',
		server: 'another base URL',
		credential: 'token',
		exchanges,
		...others,
	};
}

describe.each(['g1', 'g3'] as const)('%s: a report is written', (version) => {
	test.each<[string, unknown]>([
		['nothing', ''],
		['null', null],
		['a number', 7],
		['a list', [null, 'text']],
		['a web page', '<html>Sign in</html>'],
		['fields that hold null', { status: null, conversations: null, variants: null, metrics: null }],
	])('if every answer of 200 to a reading holds %s', async (_what, body) => {
		const answers = Object.fromEntries(
			['status', 'conversation', 'list', 'variants'].map((kind) => [kind, saying(body)]),
		);
		const { recording, report } = await visitTo(version, answers);
		expect(recordingIn(report)).toEqual(JSON.parse(JSON.stringify(recording)));
		expect(recording.verdict).toBe('placed');
		expect(report).not.toMatch(/could not be evaluated|0, 1, 2|reading '/);
	});
});

test('a question that cannot be put to an answer does not cost the others', () => {
	const recording = aRecording([exchange('/v1/calls/x/status', { status: 200, headers: {} })]);
	Object.defineProperty(recording.exchanges[0]!.answer, 'body', {
		get: () => {
			throw new Error('Out of memory');
		},
	});
	expect(seen(recording, 'Which reasons are there?')).toBe('could not be evaluated: Out of memory');
	expect(seen(recording, 'What may this token or key do?')).toBe('status 200');
});

test('an answer that cannot be held against the description is told as such', () => {
	const answer = {
		status: 200,
		headers: {},
		get body(): unknown {
			throw new Error('Out of memory');
		},
	};
	const request = { method: 'GET' as const, origin: 'https://api.example', path: '/v1/x/status' };
	const odd = { at: 0, request, answer };
	expect(heldAgainstDescription(odd, [odd])).toEqual(['could not be evaluated: Out of memory']);
});

test('an answer that cannot be recorded is told, and the others are recorded', async () => {
	let deep: unknown = {};
	for (let depth = 0; depth < 20_000; depth++) deep = { deep };
	const { recording, report } = await visitTo('g3', { conversation: saying(deep) });
	expect(recording.verdict).toBe('placed');
	expect(report).toMatch(/could not be recorded: Maximum call stack/);
});

test('a web page for a status has no fields', async () => {
	const { recording } = await visitTo('g1', { status: saying('<html>Sign in</html>') });
	expect(seen(recording, 'Which fields does a status have?')).toBe('none: a string');
});

describe('what people said or chose stays with them', () => {
	test('in the answer to a call and in its status, of new fields only the names show', async () => {
		const added = { summary: 'Ann wants a refund', to: { name: 'Ann Smith' }, note: ['Ann'] };
		const { recording, report } = await visitTo('g2', {
			call: ({ body, ...answer }) => ({ ...answer, body: { ...(body as object), ...added } }),
			status: ({ body, ...answer }) => ({ ...answer, body: { ...(body as object), ...added } }),
		});
		expect(report).not.toContain('Ann');
		for (const body of [...bodies(recording, 'call'), ...bodies(recording, 'status')]) {
			expect(body).toMatchObject({
				summary: '<text of 18 characters>',
				to: { name: '<text of 9 characters>' },
				note: ['<text of 3 characters>'],
			});
		}
		expect(bodies(recording, 'status').at(-1).status).toBe('success');
	});

	test('in a refusal, only its code, message and IDs show', async () => {
		const clock = new VirtualClock();
		const polyAi = await startPolyAi({ clock, versions: ['g2'] });
		const { recording, report } = await visit([...accessTo(polyAi, 'g2'), ...CONFIRMED], {
			clock,
			between: (send) => async (request) => {
				const answer = await send(request);
				if (answer.status !== 404) return answer;
				const body = { error_code: 'no_such_call', message: 'Unknown', account: 'Smith & Sons' };
				return { ...answer, body };
			},
		});
		expect(report).not.toContain('Smith');
		expect(recording.exchanges.find(({ answer }) => answer?.status === 404)?.answer?.body).toEqual({
			error_code: 'no_such_call',
			message: 'Unknown',
			account: '<text of 12 characters>',
		});
	});

	test('in conversations and variants, numbers and chosen names do not show', async () => {
		const { recording, report } = await visitTo('g3', {
			conversation: saying({
				conversationId: 'x',
				totalDuration: 31,
				postcode: 20794,
				metrics: { OUTBOUND_CALL_SIP_CODE: 486, ZOE_OWES: 1250, 'Zoe: age': 'old' },
				state: { zoeSmith: { birthday: 1970 } },
			}),
			variants: saying({
				variants: [
					{ id: 'x', isDefault: true, attributeValues: { values: { zoe_owes: '5 GBP' } } },
				],
			}),
		});
		const conversation = bodies(recording, 'conversation')[0];
		expect(conversation).toMatchObject({ totalDuration: 31, postcode: 0 });
		expect(conversation.metrics.OUTBOUND_CALL_SIP_CODE).toBe(486);
		expect(Object.values(conversation.metrics)).toEqual([486, 0, '<text of 3 characters>']);
		for (const hidden of [/zoe/i, /1250/, /20794/, /1970/, /birthday/, /GBP/]) {
			expect(report).not.toMatch(hidden);
		}
		expect(report).toMatch(/"<name \d>": "<text of 5 characters>"/);
	});

	test.each<[string, unknown, unknown]>([
		['with another name', { items: [{ summary: 'Ann' }, {}], next: 'Ann' }, { items: '<list of 2>', next: '<text of 3 characters>' }], // prettier-ignore
		['as a bare list', [{ summary: 'Ann' }], '<list of 1>'],
		['beside the known one', { conversations: [], more: [{ Ann: 1 }], page: { Ann: 2 } }, { conversations: [], more: '<list of 1>', page: '<object>' }], // prettier-ignore
	])('of a list of calls %s, only how many there are shows', async (_how, body, told) => {
		const { recording, report } = await visitTo('g3', { list: saying(body) });
		expect(bodies(recording, 'list')[0]).toEqual(told);
		expect(report).not.toContain('Ann');
	});

	test('a row is only of this call if one of its IDs is the call SID, not if it mentions it', async () => {
		let sid = '';
		const { recording, report } = await visitTo('g3', {
			call: (answer) => {
				sid = Object.values(answer.body as object).find((one) => /-/.test(String(one))) as string;
				return answer;
			},
			list: (answer) => ({
				...answer,
				body: { conversations: [{ id: sid, a: 1 }, { id: 'Ann', note: `After ${sid}` }, { id: `${sid}1` }] }, // prettier-ignore
			}),
		});
		expect(bodies(recording, 'list')[0].conversations).toHaveLength(1);
		expect(recording.exchanges.findLast(({ request }) => kindOf(request) === 'list')?.answer).toMatchObject({ rowsLeftOut: 2 }); // prettier-ignore
		expect(report.match(/missing: answer\/conversations\/\*\/channel/g)).toHaveLength(2);
	});

	test('of headers that say where the answer came through, only the names show', async () => {
		const { recording, report } = await visitTo('g1', {
			status: (answer) => ({
				...answer,
				headers: { ...answer.headers, via: '1.1 ann', 'content-disposition': 'filename=ann.wav' },
			}),
		});
		expect(report).not.toContain('ann');
		const told = recording.exchanges.findLast(({ answer }) => answer?.status === 200)!.answer!;
		expect(told.headers).toMatchObject({ via: '…', 'content-disposition': '…' });
	});
});

test('the report of a call of 30 minutes fits into an issue, although every answer counts down a limit', async () => {
	const turn = { user_input: 'x'.repeat(200), agent_response: 'y'.repeat(400), tags: { z: 1 } };
	let left = 10_000;
	const counted = ({ headers, ...answer }: HttpAnswer): HttpAnswer => ({
		...answer,
		headers: { ...headers, 'x-ratelimit-remaining': String(left--) },
	});
	const { recording, report } = await visitTo(
		'g3',
		{
			status: counted,
			list: counted,
			conversation: ({ body, ...answer }) => {
				return counted({ ...answer, body: { ...(body as object), turns: Array(400).fill(turn) } });
			},
		},
		{ callingMs: 30 * 60_000, mostRequests: Infinity },
	);
	expect(report.length).toBeLessThan(65_536);
	expect(recording.exchanges.some(({ again }) => (again?.times ?? 0) > 500)).toBe(true);
	expect(report).toContain('"x-ratelimit-remaining": "0000');
});

describe('what the report says of the call', () => {
	const posted = exchange('/v1/outbound-calling/trigger', { status: 200, headers: {} });
	test.each<[string, Recording, string]>([
		['none was sent', aRecording([]), 'Call: none was placed'],
		['one was sent, and then it broke off', aRecording([posted]), "it isn't known whether one was placed"], // prettier-ignore
		['it was accepted', aRecording([posted], { verdict: 'placed', rang: '1' }), 'PolyAI accepted it (placed). How often did the phone ring? 1'], // prettier-ignore
		['no one knows', aRecording([posted], { verdict: 'outcomeUnknown' }), "it isn't known whether it was placed (outcomeUnknown)"], // prettier-ignore
		['it was refused', aRecording([posted], { verdict: 'badRequest' }), 'it was refused (badRequest)'], // prettier-ignore
	])('if %s', (_case, recording, says) => {
		expect(reportOf(recording)).toContain(says);
	});

	test('nothing is as described if no answer came', () => {
		const report = reportOf(aRecording([exchange('/v1/calls/x/status')]));
		expect(report).toContain('No answer came.');
		expect(report).not.toContain('every answer is as described');
	});

	test('that it broke off stands before the findings', () => {
		const report = reportOf(aRecording([], { brokeOff: 'Out of memory' }));
		expect(report.split('## Open questions')[0]).toContain('It broke off: Out of memory');
	});
});

test('a recording with a path that leads to another server is not replayed', async () => {
	const stray = aRecording([exchange('@example.com/', { status: 200, headers: {} })]);
	await expect(simulatorUnlike(stray)).rejects.toThrow('is no path');
});
