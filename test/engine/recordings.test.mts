import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindOf } from '../../scripts/live/exchange.mts';
import { MASKED } from '../../scripts/live/mask.mts';
import type { Recording } from '../../scripts/live/recording.mts';
import { startSimulator, type SimulatorOptions } from '../simulator/server.mts';
import { DEFAULT_SETTINGS } from '../simulator/settings.mts';
import { loginFor } from '../support/n8n/login.mts';
import { useFastClock } from '../support/engine/fastClock.mts';
import { errorOf, run } from '../support/engine/polyAi.mts';
import { startRecordedPolyAi } from '../support/engine/recordedPolyAi.mts';
import { simulatorUnlike } from '../support/engine/simulatorAlike.mts';
import { accessTo, CONFIRMED, visit } from '../support/unit/live/visit.mts';
import type { Spoken } from '../support/unit/simulator/polyAiClient.mts';
import { VirtualClock } from '../support/unit/virtualClock.mts';

useFastClock();

const FOLDER = 'test/recordings';

/** What npm run live has recorded: at PolyAI, and here at the simulator, so that there always is one. */
const RECORDINGS: Array<[string, () => Promise<Recording>]> = [
	...readdirSync(FOLDER)
		.filter((name) => name.endsWith('.json'))
		.map((name): [string, () => Promise<Recording>] => [name, async () => await kept(name)]),
	...(['g1', 'g2', 'g3'] as const).flatMap((version): typeof RECORDINGS => [
		[`a call, ${version}`, async () => await recorded(version)],
		[`no answer, ${version}`, async () => await recorded(version, { outcome: 'no-answer' })],
		[
			`a server error, ${version}`,
			async () =>
				await recorded(version, {
					faults: [{ on: 'trigger', answer: version === 'g3' ? 502 : 500 }],
				}),
		],
		[
			`too many requests, ${version}`,
			async () =>
				await recorded(version, { faults: [{ on: 'trigger', answer: 429, retryAfter: 400 }] }),
		],
	]),
	['late metrics', async () => await recorded('g3', { addedMs: 90_000, listedAfterMs: 60_000 })],
	['another unknown path', async () => await recorded('g2', { unknownPath: 405 })],
	['another unknown call', async () => await recorded('g3', { unknownCall: 403 })],
];

async function kept(name: string): Promise<Recording> {
	return await Promise.resolve(JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Recording);
}

async function recorded(version: Spoken, options: SimulatorOptions = {}): Promise<Recording> {
	const answers = options.faults ? [...CONFIRMED.slice(0, -1), '0'] : CONFIRMED;
	const clock = new VirtualClock();
	const versions = version === 'g3' ? (['g3', 'conversations'] as const) : ([version] as const);
	const polyAi = await startSimulator({ clock, versions: [...versions], ...options });
	try {
		return (await visit([...accessTo(polyAi, version), ...answers], { clock })).recording;
	} finally {
		await polyAi.close();
	}
}

describe.each(RECORDINGS)('the recording “%s”', (_name, load) => {
	let recording: Recording;
	beforeAll(async () => (recording = await load()));

	test('means the same to the node as when it was recorded', async () => {
		if (recording.verdict === undefined) return;
		const polyAi = await startRecordedPolyAi(recording);
		const { authentication, credentialType, data } = loginFor(versionOf(recording), {
			url: polyAi.url,
			token: 'any-token',
			apiKey: 'any-key',
			settings: { ...DEFAULT_SETTINGS, agentId: MASKED.agentId },
		});
		const { items } = await run({
			operation: recording.end ? 'triggerAndWait' : 'trigger',
			items: [{ phone: MASKED.phoneNumber }],
			credentials: { [credentialType]: data },
			fields: { authentication },
			options: { retryServerErrors: false },
			continueOnFail: true,
		}).finally(async () => await polyAi.close());

		expect(polyAi.unanswered).toEqual([]);
		if (recording.verdict === 'placed') {
			expect(items[0]?.json).toMatchObject({
				phoneNumber: MASKED.phoneNumber,
				...(recording.end && { status: recording.end.status, isFinal: true }),
			});
		} else {
			expect(errorOf(items[0]!).code).toBe(recording.verdict);
		}
		// A phone that rang although the package says that no call was placed would be rung again.
		if (timesRung(recording) > 0) {
			expect(['placed', 'outcomeUnknown']).toContain(recording.verdict);
		}
	});

	test('is what the simulator would have answered', async () => {
		expect(await simulatorUnlike(recording)).toEqual([]);
	});
});

test('a recorded answer with headers of which only the names are known can be replayed', async () => {
	const recording = await recorded('g2');
	const [first] = recording.exchanges;
	first!.answer!.headers = { ...first!.answer!.headers, 'content-encoding': '…', via: '…' };
	const polyAi = await startRecordedPolyAi(recording);
	const response = await fetch(polyAi.url + first!.request.path);
	await polyAi.close();
	expect(response.status).toBe(first!.answer!.status);
	expect(response.headers.get('content-encoding')).toBeNull();
});

/** Whoever was asked early may have heard it ring nevertheless. */
function timesRung({ rang = '' }: Recording): number {
	return Number(/^(\d+)(?: \(asked early\))?$/.exec(rang)?.[1] ?? 0);
}

function versionOf({ credential, exchanges }: Recording): Spoken {
	if (credential === 'apiKey') return 'g3';
	const isG1 = exchanges.some(({ request, answer }) => {
		return (
			kindOf(request) === 'call' && request.path.endsWith('/trigger') && answer?.status === 200
		);
	});
	return isG1 ? 'g1' : 'g2';
}
