import { readCallSid, readState } from '../../../nodes/shared/polyai/versions/wireFormat.ts';
import { isRecord } from '../../../nodes/shared/isRecord.ts';
import { kindOf } from '../../../scripts/live/exchange.mts';
import type { RecordedExchange, Recording } from '../../../scripts/live/recording.mts';
import { startSimulator, type SimulatorOptions } from '../../simulator/server.mts';
import type { VersionName } from '../../simulator/versions/apiVersion.mts';

/** Words that each project chooses for itself. */
const FREE = ['metrics', 'state', 'tags', 'values'];

/**
 * Sends the requests of a recording to the simulator, at the same moments and set to what can be
 * set, and says how its answers differ; none if it answers alike.
 *
 * @throws Error if it holds a path that would lead elsewhere, such as `@example.com/`
 */
export async function simulatorUnlike(recording: Recording): Promise<string[]> {
	const stray = recording.exchanges.find(({ request }) => !request.path.startsWith('/'));
	if (stray) throw new Error(`"${stray.request.path}" is no path: it has to start with "/".`);
	const found: string[][] = [];
	for (const versions of versionsOf(recording))
		found.push(await unlikeSpeaking(versions, recording));
	return found.sort((one, other) => one.length - other.length)[0]!;
}

async function unlikeSpeaking(versions: VersionName[], recording: Recording): Promise<string[]> {
	const start = Date.parse(recording.startedAt);
	const clock = { time: start, now: () => clock.time };
	const polyAi = await startSimulator({ clock, versions, ...settingsFor(recording) });
	const secret: Record<string, string> =
		recording.credential === 'token'
			? { 'X-PolyAi-Auth-Token': polyAi.token }
			: { 'X-API-KEY': polyAi.apiKey };
	const sids = new Map<string, string>();
	const unlike: string[] = [];
	try {
		for (const exchange of recording.exchanges) {
			const { request, answer } = exchange;
			if (!answer) continue;
			clock.time = start + exchange.after * 1000;
			const fault = faultFor(exchange);
			if (fault) polyAi.fault({ ...fault, times: 1 });
			const path = [...sids].reduce((left, [one, other]) => left.replace(one, other), request.path);
			const response = await fetch(polyAi.url + path, {
				method: request.method,
				headers: { ...secret, ...(request.body ? { 'content-type': 'application/json' } : {}) },
				body: request.body ? JSON.stringify(request.body) : undefined,
				redirect: 'manual',
			});
			const body = textOrJson(await response.text());
			const [recorded, simulated] = [answer.body, body].map(readCallSid);
			if (kindOf(request) === 'call' && recorded && simulated) sids.set(recorded, simulated);
			const where = `${request.method} ${request.path.split('?', 1)[0]}`;
			for (const how of differences(answer, response, body)) unlike.push(`${where}: ${how}`);
		}
	} finally {
		await polyAi.close();
	}
	return [...new Set(unlike)];
}

type Answer = NonNullable<RecordedExchange['answer']>;

function differences(recorded: Answer, response: Response, body: unknown): string[] {
	if (response.status !== recorded.status) {
		return [`PolyAI answered ${recorded.status}, the simulator ${response.status}`];
	}
	const headers = ['content-type', 'retry-after', 'x-polyai-correlation-id'].flatMap((name) => {
		const [one, other] = [recorded.headers[name], response.headers.get(name) ?? undefined];
		const isAlike =
			name === 'content-type' ? kindOfText(one) === kindOfText(other) : !one === !other;
		return isAlike ? [] : [`header ${name}: PolyAI sent ${one}, the simulator ${other}`];
	});
	if (recorded.bytes !== undefined) return headers;
	return [...headers, ...unlikeIn(recorded.body, body, 'body')];
}

function kindOfText(header = ''): string {
	return header.split(';', 1)[0]!.trim();
}

/** Names and types have to be the same, and the words for a status; what else it says may differ. */
function unlikeIn(recorded: unknown, simulated: unknown, at: string): string[] {
	if (recorded === null || simulated === null) return [];
	if (Array.isArray(recorded) && Array.isArray(simulated)) {
		const [one, other] = [recorded[0] as unknown, simulated[0] as unknown];
		return one === undefined || other === undefined ? [] : unlikeIn(one, other, `${at}/*`);
	}
	if (isRecord(recorded) && isRecord(simulated)) {
		return [...new Set([...Object.keys(recorded), ...Object.keys(simulated)])].flatMap((name) => {
			const where = `${at}/${name}`;
			if (!(name in simulated)) return [`${where}: PolyAI sends it, the simulator doesn't`];
			if (!(name in recorded)) return [`${where}: the simulator sends it, PolyAI doesn't`];
			if (FREE.includes(name)) return [];
			return unlikeIn(recorded[name], simulated[name], where);
		});
	}
	const [one, other] = [typeof recorded, typeof simulated];
	if (one !== other) return [`${at}: PolyAI sends a ${one}, the simulator a ${other}`];
	const isWord = at === 'body/status' && recorded !== simulated;
	return isWord
		? [`${at}: PolyAI says ${String(recorded)}, the simulator ${String(simulated)}`]
		: [];
}

/** What the recording says about what the simulator leaves open. */
function settingsFor(recording: Recording): SimulatorOptions {
	const { exchanges, end, forgottenAfter } = recording;
	const triggers = exchanges.filter(({ request }) => kindOf(request) === 'call');
	const taken = triggers.find(({ answer }) => answer && answer.status < 300);
	const refusedPath = triggers.find(({ answer }) => [403, 404, 405].includes(answer?.status ?? 0));
	const placed = taken?.after ?? 0;
	const ended = end?.after ?? Infinity;
	const calling = firstWith(exchanges, 'calling') ?? ended;
	const late = conversationTimes(exchanges);
	return withoutUndefined({
		magicNumbers: false,
		unknownPath: (taken ? refusedPath : undefined)?.answer?.status as 404 | undefined,
		unknownCall: exchanges.find(({ request }) => kindOf(request) === 'status')?.answer?.status as
			| 404
			| undefined,
		queuedMs: milliseconds(calling - placed),
		callingMs: milliseconds(ended - calling),
		retentionMs: forgottenAfter && end && milliseconds(forgottenAfter - end.after),
		addedMs: end && late.added !== undefined ? milliseconds(late.added - end.after) : undefined,
		listedAfterMs: late.listed === undefined ? undefined : milliseconds(late.listed - calling),
		outcome: end?.status === 'failure' ? 'no-answer' : 'success',
	} satisfies SimulatorOptions);
}

/** A day for what never happened. */
function milliseconds(seconds: number): number {
	return Math.min(Math.max(0, seconds), 86_400) * 1000;
}

function firstWith(exchanges: RecordedExchange[], status: string): number | undefined {
	return exchanges.find(({ request, answer }) => {
		return kindOf(request) === 'status' && readState(answer?.body)?.status === status;
	})?.after;
}

function conversationTimes(exchanges: RecordedExchange[]): { added?: number; listed?: number } {
	const first = (kind: string, isThere: (body: Record<string, unknown>) => boolean) =>
		exchanges.find(({ request, answer }) => {
			return kindOf(request) === kind && isRecord(answer?.body) && isThere(answer.body);
		})?.after;
	return {
		added: first(
			'conversation',
			({ metrics }) => isRecord(metrics) && Object.keys(metrics).length > 0,
		),
		listed: first(
			'list',
			({ conversations }) => Array.isArray(conversations) && conversations.length > 0,
		),
	};
}

/** What the recorded server may speak: a token that no call was placed with may be for either. */
function versionsOf({ credential, exchanges }: Recording): VersionName[][] {
	if (credential === 'apiKey') return [['g3', 'conversations']];
	const taken = exchanges.find(({ request, answer }) => {
		return kindOf(request) === 'call' && (answer?.status ?? 500) < 300;
	});
	if (!taken) return [['g1'], ['g2']];
	return [[taken.request.path.endsWith('/trigger') ? 'g1' : 'g2']];
}

/** What the simulator only answers when it's told to. */
function faultFor({ request, answer }: RecordedExchange) {
	const status = answer?.status ?? 200;
	if (status !== 429 && status < 500) return undefined;
	const retryAfter = answer?.headers['retry-after'];
	return {
		path: request.path.split('?', 1)[0]!,
		answer: status,
		...(retryAfter !== undefined && { retryAfter }),
	};
}

function textOrJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text === '' ? undefined : text;
	}
}

function withoutUndefined<Value extends object>(value: Value): Value {
	return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;
}
