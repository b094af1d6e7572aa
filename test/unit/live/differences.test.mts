import type { HttpAnswer, SendHttp } from '../../../nodes/shared/http/transport.ts';
import { kindOf, type RequestKind } from '../../../scripts/live/exchange.mts';
import type { VersionName } from '../../simulator/versions/apiVersion.mts';
import { accessTo, CONFIRMED, visit } from '../../support/unit/live/visit.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';
import { VirtualClock } from '../../support/unit/virtualClock.mts';

type Fields = Record<string, any>;

const renamed = (from: string, to: string) => (body: Fields) => {
	const { [from]: value, ...others } = body;
	return { ...others, [to]: value };
};
const lacking = (field: string) => (body: Fields) => ({ ...body, [field]: undefined });
const having = (fields: Fields) => (body: Fields) => ({ ...body, ...fields });

/** What a PolyAI that changed would send, and the line of the report that must name the field. */
const CHANGES: Array<[VersionName, RequestKind, number, (body: Fields) => unknown, RegExp]> = [
	['g1', 'call', 200, renamed('callSid', 'call_id'), /POST .*: new: answer\/call_id/],
	['g1', 'call', 200, renamed('callSid', 'call_id'), /POST .*: missing: answer\/callSid/],
	['g1', 'status', 200, lacking('created_at'), /GET .*: missing: answer\/created_at/],
	['g1', 'status', 200, having({ status: 'ringing' }), /GET .*: different: answer\/status/],
	['g2', 'call', 200, having({ queue_position: 3 }), /POST .*: new: answer\/queue_position/],
	['g2', 'status', 200, having({ reason: null }), /GET .*: different: answer\/reason/],
	['g2', 'status', 404, renamed('error_id', 'id'), /GET .*: new: answer\/id/],
	['g2', 'status', 404, lacking('error_code'), /GET .*: missing: answer\/error_code/],
	['g3', 'call', 200, having({ status: 'ACCEPTED' }), /POST .*: different: answer\/status/],
	['g3', 'status', 200, having({ duration: 4 }), /GET .*: new: answer\/duration/],
	[
		'g3',
		'variants',
		200,
		(body) => ({ items: body.variants }),
		/GET .*: missing: answer\/variants/,
	],
	['g3', 'conversation', 200, renamed('polyScore', 'score'), /GET .*: new: answer\/score/],
	[
		'g3',
		'conversation',
		200,
		having({ totalDuration: '12' }),
		/GET .*: different: answer\/totalDuration/,
	],
	[
		'g3',
		'list',
		200,
		({ conversations, ...page }) => ({
			...page,
			conversations: conversations.map(having({ fromName: 'Ann' })),
		}),
		/GET .*: new: answer\/conversations\/\*\/fromName/,
	],
];

test.each(CHANGES)(
	'%s: a %s of %i that was changed in one field is named',
	async (version, kind, status, change, line) => {
		const clock = new VirtualClock();
		const versions: VersionName[] = version === 'g3' ? ['g3', 'conversations'] : [version];
		const polyAi = await startPolyAi({ clock, versions });
		const enough = new AbortController();
		const { report } = await visit([...accessTo(polyAi, version), ...CONFIRMED], {
			clock,
			enough: enough.signal,
			between: (send) => changing(send, kind, status, change, () => enough.abort()),
		});
		expect(report.split('\n').filter((one) => /^- (GET|POST) /.test(one))).toEqual(
			expect.arrayContaining([expect.stringMatching(line)]),
		);
		expect(report).not.toContain('every answer is as described');
	},
);

/** Somebody who has seen a changed answer twice has seen enough. */
function changing(
	send: SendHttp,
	kind: RequestKind,
	status: number,
	change: (body: Fields) => unknown,
	seenEnough: () => void,
): SendHttp {
	let changed = 0;
	return async (request) => {
		const answer: HttpAnswer = await send(request);
		const { method, url } = request;
		const isMeant = kindOf({ method, path: new URL(url).pathname }) === kind;
		if (!isMeant || answer.status !== status) return answer;
		if (++changed === 2) seenEnough();
		return { ...answer, body: JSON.parse(JSON.stringify(change(answer.body as Fields))) };
	};
}

test("an answer without PolyAI's correlation ID is named", async () => {
	const clock = new VirtualClock();
	const polyAi = await startPolyAi({ clock, versions: ['g2'] });
	const { report } = await visit([...accessTo(polyAi, 'g2'), ...CONFIRMED], {
		clock,
		between: (send) => async (request) => {
			const answer = await send(request);
			return { ...answer, headers: { 'content-type': 'application/json' } };
		},
	});
	expect(report).toContain('missing: header X-PolyAI-Correlation-Id');
});
