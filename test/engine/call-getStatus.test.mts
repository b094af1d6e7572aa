import { useFastClock } from '../support/engine/fastClock.mts';
import { call, errorOf, numbers, polyAi, run, sidsOf } from '../support/engine/polyAi.mts';

useFastClock();

const ISO_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** A call SID that no call has. */
const GONE = '00000000-0000-4000-8000-000000000001';
const TWO_HOURS =
	'PolyAI forgets a call’s status about two hours after the call has ended. If the call is more recent, check its call SID, and whether the credential is the one with which it was placed.';

/** Places a call and gives its SID. */
async function placed(number = numbers(1)[0] as string): Promise<string> {
	return String(sidsOf((await call([number])).items)[0]);
}

async function statusOf(callSid: unknown, given: Parameters<typeof run>[0] = {}) {
	const items = [{ callSid }] as Parameters<typeof run>[0]['items'];
	const result = await run({ operation: 'getStatus', items, ...given });
	return result.items[0]?.json ?? {};
}

async function failureOf(callSid: unknown) {
	return errorOf({ json: await statusOf(callSid, { onError: 'continueRegularOutput' }) });
}

test('an open call: the fields of the contract, and none that PolyAI did not send', async () => {
	polyAi.set({ outcome: 'never-ends', queuedMs: 0 });
	const callSid = await placed();

	expect(await statusOf(callSid)).toEqual({
		callSid,
		status: 'calling',
		isFinal: false,
		createdAt: expect.stringMatching(ISO_UTC),
		lastUpdated: expect.stringMatching(ISO_UTC),
		checkedAt: expect.stringMatching(ISO_UTC),
	});
});

test('a call that failed, at a PolyAI that tells the reason and no times', async () => {
	polyAi.set({ versions: ['g2'], unknownPath: 404, outcome: 'never-ends' });
	const callSid = await placed();
	polyAi.finish(callSid, 'queue-timeout');

	expect(await statusOf(callSid)).toEqual({
		callSid,
		status: 'failure',
		isFinal: true,
		reason: 'call queueing: max timeout limit exceeded',
		checkedAt: expect.stringMatching(ISO_UTC),
	});
});

test.each([
	['Queued', 'queued', false],
	['created', 'queued', false],
	['RINGING', 'calling', false],
	['in_progress', 'calling', false],
	['completed', 'success', true],
	['no-answer', 'failure', true],
	['BUSY', 'failure', true],
	['cancelled', 'failure', true],
	['teleported', 'unknown', false],
])('PolyAI’s word %s is the status %s', async (word, status, isFinal) => {
	polyAi.set({ outcome: 'never-ends', queuedMs: 0, words: { calling: word } });

	expect(await statusOf(await placed())).toMatchObject({ status, isFinal });
});

describe('a call that PolyAI does not know', () => {
	test('is an error that tells the rule of the two hours', async () => {
		const callSid = await placed();
		polyAi.expire(callSid);

		expect(await failureOf(callSid)).toEqual({
			message: `PolyAI does not know the call “${callSid}”`,
			code: 'notFound',
			description: TWO_HOURS,
			callSid,
			correlationId: polyAi.journal.requests.at(-1)?.answer?.headers['x-polyai-correlation-id'],
		});
	});

	test('has the status unknown if the user wants that', async () => {
		expect(await statusOf(GONE, { options: { ifNotFound: 'returnUnknown' } })).toEqual({
			callSid: GONE,
			status: 'unknown',
			isFinal: false,
			checkedAt: expect.stringMatching(ISO_UTC),
		});
	});

	test('is not confused with a refused token', async () => {
		polyAi.fault({ on: 'status', answer: 401 });
		const json = await statusOf(GONE, {
			options: { ifNotFound: 'returnUnknown' },
			onError: 'continueRegularOutput',
		});

		expect(errorOf({ json })).toMatchObject({ code: 'unauthorized', callSid: GONE });
	});

	test('nor with something that is no call SID', async () => {
		const json = await statusOf('+44 20 7946 0018', {
			options: { ifNotFound: 'returnUnknown' },
			onError: 'continueRegularOutput',
		});

		expect(errorOf({ json })).toMatchObject({
			code: 'badRequest',
			message: "PolyAI didn't accept the call SID “+44 20 7946 0018”: This is not a call SID",
		});
	});
});

describe('a SID is data', () => {
	test('whatever is in it ends up encoded in the path, and is refused', async () => {
		const callSid = 'no such/../sid?x=1';

		expect(await failureOf(callSid)).toMatchObject({ code: 'badRequest', callSid });
		expect(polyAi.journal.requests.map(({ path }) => path)).toEqual([
			'/v1/outbound-calling/no%20such%2F..%2Fsid%3Fx%3D1/status',
		]);
	});

	test.each(['.', '..', '\ud800'])('%j names no call and is not sent at all', async (callSid) => {
		expect(await failureOf(callSid)).toMatchObject({ code: 'notFound', description: TWO_HOURS });
		expect(polyAi.journal.requests).toEqual([]);
	});

	test.each(['', '   ', null])('%j is explained as empty', async (callSid) => {
		expect(await failureOf(callSid)).toEqual({
			message: 'The call SID is empty',
			code: 'badRequest',
			description: "Fill in 'Call SID' with the callSid that came out when the call was triggered.",
		});
		expect(polyAi.journal.requests).toEqual([]);
	});

	test('blanks around it are no part of it', async () => {
		const callSid = await placed();

		expect(await statusOf(`  ${callSid}\n`)).toMatchObject({ callSid });
	});
});

describe('one item with several call SIDs', () => {
	test.each<[string, unknown]>([
		['a list', ['one', 'two']],
		['the text of a list', '["one", "two"]'],
		['commas between them', 'one, two'],
		['line breaks between them', 'one\ntwo\n'],
	])('%s: it says how to make an item of each, and asks for none', async (_what, callSid) => {
		expect(await failureOf(callSid)).toEqual({
			message: "'Call SID' holds more than one call SID",
			code: 'badRequest',
			description:
				'One item is about one call. Put a Split Out node before this one, which makes an item of each call SID in a list.',
		});
		expect(polyAi.journal.requests).toEqual([]);
	});

	test('a list of one is that one', async () => {
		const callSid = await placed();

		expect(await statusOf([callSid])).toMatchObject({ callSid });
	});

	test('an empty list is empty', async () => {
		expect(await failureOf([])).toMatchObject({ message: 'The call SID is empty' });
	});
});

test('many at once come out in order, each paired with its own', async () => {
	const { items: placedItems } = await call(numbers(12));
	const sids = sidsOf(placedItems);
	polyAi.fault(({ callSid }) => ({ delayMs: callSid === sids[0] ? 5_000 : 0 }));
	const items = placedItems.map(({ json }) => ({ callSid: json.callSid }));
	const result = await run({ operation: 'getStatus', items });

	expect(sidsOf(result.items)).toEqual(sids);
	expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
		sids.map((_, item) => ({ item })),
	);
});
