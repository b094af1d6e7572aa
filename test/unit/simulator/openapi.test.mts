import { ERROR_SHAPES } from '../../simulator/faults/errorBodies.mts';
import { API_VERSIONS } from '../../simulator/versions/versions.mts';
import { documentOf, findOperation } from '../../simulator/openapi/document.mts';
import { validateExchange } from '../../simulator/openapi/validateExchange.mts';
import { manualClock } from '../../support/unit/simulator/manualClock.mts';
import {
	ALL_SPOKEN,
	place,
	SPOKEN,
	status,
	trigger,
} from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';
import { wrongExchanges } from '../../support/unit/simulator/wrongExchanges.mts';

const SID = 'OUT-00000000-0000-4000-8000-000000000000';
const LONDON = '+442079460123';
const { trigger: G2_TRIGGER, status: g2Status } = SPOKEN.g2;
const G3_LIST = '/v3/ws-1/PROJECT-1/conversations';

test('every path that is served is described, and every described path is served', () => {
	for (const { name, operations } of API_VERSIONS) {
		const served = operations.map(({ method, path }) => `${method} ${path}`);
		const described = Object.entries(documentOf(name).paths).flatMap(([path, methods]) =>
			Object.keys(methods)
				.filter((method) => method !== 'servers')
				.map((method) => `${method.toUpperCase()} ${path}`),
		);
		expect(described.toSorted()).toEqual(served.toSorted());
		for (const { method, path } of operations) {
			expect(findOperation(documentOf(name), method, path)?.template).toBe(path);
		}
	}
});

test.each(ALL_SPOKEN)('%s: a whole life, refusals in every shape included', async (version) => {
	const clock = manualClock();
	const polyAi = await startPolyAi({ versions: [version], clock });
	const sids = [
		await place(polyAi, LONDON, version),
		await place(polyAi, '+442079460003', version),
	];
	for (const wait of [0, 2_000, 5_000, 2 * 60 * 60 * 1000]) {
		clock.advance(wait);
		for (const sid of sids) await status(polyAi, sid, version);
	}
	for (const errorShape of ERROR_SHAPES) {
		polyAi.set({ errorShape });
		await trigger(polyAi, {}, { version });
		await trigger(polyAi, LONDON, { version, headers: {} });
	}
	expect(polyAi.journal.requests).toHaveLength(26);
	expect(wrongExchanges(polyAi.journal)).toEqual([]);
});

type Exchange = Parameters<typeof validateExchange>;
const good = { status: 'queued', reason: '' };

test.each<[string, Exchange, string]>([
	[
		'a word of another API version',
		['g2', 'GET', g2Status(SID), 200, '', { ...good, status: 'QUEUED' }],
		'answer/status: must be equal',
	],
	[
		'a field too few',
		['g2', 'GET', g2Status(SID), 200, '', { status: 'queued' }],
		"must have required property 'reason'",
	],
	[
		'a field too many',
		['g2', 'GET', g2Status(SID), 200, '', { ...good, sid: SID }],
		'must NOT have additional',
	],
	['no body', ['g2', 'GET', g2Status(SID), 200, '', undefined], 'answer: the body is missing'],
	['HTML for JSON', ['g2', 'GET', g2Status(SID), 200, '', '<html>'], 'answer: not JSON'],
	[
		'a status out of the blue',
		['g2', 'GET', g2Status(SID), 302, '', {}],
		'answer: status 302 is not described',
	],
	[
		'an error of no known shape',
		['g2', 'GET', g2Status(SID), 500, '', { oops: 1 }],
		'must NOT have additional properties {"additionalProperty":"oops"}',
	],
	[
		'a bare SID where OUT- belongs',
		['g2', 'POST', G2_TRIGGER, 200, { to_number: LONDON }, { call_sid: SID.slice(4) }],
		'answer/call_sid: must match pattern',
	],
	[
		'a national number by itself',
		['g2', 'POST', G2_TRIGGER, 200, { to_number: '020' }, { call_sid: SID }],
		'request/to_number: must match pattern',
	],
	[
		'a number as metadata',
		['g2', 'POST', G2_TRIGGER, 200, { to_number: LONDON, metadata: { a: 1 } }, { call_sid: SID }],
		'request/metadata/a: must be string',
	],
	[
		'a request without a body',
		['g2', 'POST', G2_TRIGGER, 200, undefined, { call_sid: SID }],
		'request: the body is missing',
	],
	['a body with GET', ['g2', 'GET', g2Status(SID), 200, {}, good], 'request: a body where none'],
	[
		'no environment',
		['g3', 'GET', SPOKEN.g3.status(SID).split('?')[0] ?? '', 404, '', ''],
		'query: environment is missing',
	],
	[
		'a wrong environment',
		['g3', 'GET', SPOKEN.g3.status(SID).replace('live', 'test'), 404, '', ''],
		'query/environment: must be equal',
	],
	[
		'an unknown query',
		['conversations', 'GET', `${G3_LIST}?page=2`, 404, '', ''],
		'query: page is not described',
	],
	[
		'too long a page',
		['conversations', 'GET', `${G3_LIST}?limit=1001`, 404, '', ''],
		'query/limit: must be <= 1000',
	],
	['another path', ['g1', 'POST', G2_TRIGGER, 200, {}, {}], 'g1.yaml knows no POST'],
])('it catches %s', (_what, exchange, wrong) => {
	expect(validateExchange(...exchange).join('\n')).toContain(wrong);
});

test('a simulator that speaks other words than the contract is caught', async () => {
	const polyAi = await startPolyAi({ words: { queued: 'created' } });
	await status(polyAi, await place(polyAi, LONDON));
	expect(wrongExchanges(polyAi.journal)).toEqual([
		expect.stringMatching(/^GET .*\/status 200: answer\/status: must be equal to one of/),
	]);
	polyAi.journal.reset();
});

test('what a request of 400 was like does not matter, its answer does', () => {
	const wrong: Exchange = [
		'g2',
		'POST',
		G2_TRIGGER,
		400,
		{ nonsense: 1 },
		{ error: 'no', code: 'C' },
	];
	expect(validateExchange(...wrong)).toEqual([]);
});
