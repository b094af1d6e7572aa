import type { INodeExecutionData } from 'n8n-workflow';

import { useFastClock } from '../support/engine/fastClock.mts';
import { askAbout, ended, useConversations } from '../support/engine/conversations.mts';
import { errorOf, polyAi } from '../support/engine/polyAi.mts';

useFastClock();
beforeEach(useConversations);

async function soundOf(callSid: string, given: Parameters<typeof askAbout>[2] = {}) {
	const fields = { binaryPropertyName: 'data', ...given.fields };
	const { items } = await askAbout('getRecording', [callSid], { ...given, fields });
	return items[0] as INodeExecutionData;
}

/** What is in a file that n8n keeps in the item itself. */
function bytesOf(file: { data?: string } | undefined): Buffer {
	return Buffer.from(file?.data ?? '', 'base64');
}

test('a recording comes out as a WAV file named after the call', async () => {
	const callSid = await ended();
	const { json, binary, pairedItem } = await soundOf(callSid);

	expect(json).toEqual({ callSid, direction: 'combined' });
	expect(pairedItem).toEqual({ item: 0 });
	expect(binary?.data).toMatchObject({
		mimeType: 'audio/wav',
		fileName: `${callSid}.wav`,
		fileExtension: 'wav',
	});
	const sound = bytesOf(binary?.data);
	expect(sound.subarray(0, 4).toString()).toBe('RIFF');
	expect(sound.readUInt32LE(4)).toBe(sound.length - 8);
	const { path } = polyAi.journal.requests.at(-1)!;
	const conversation = `/v1/agents/PROJECT-SIMULATOR/conversations/${callSid}`;
	expect(path).toBe(`${conversation}/audio?direction=combined`);
});

test('one side of it can be had alone, in a field of one’s choice', async () => {
	const callSid = await ended();
	const both = bytesOf((await soundOf(callSid)).binary?.data);
	const { json, binary } = await soundOf(callSid, {
		options: { direction: 'user' },
		fields: { binaryPropertyName: 'voice' },
	});

	expect(json).toEqual({ callSid, direction: 'user' });
	expect(Object.keys(binary ?? {})).toEqual(['voice']);
	expect(binary?.voice?.fileName).toBe(`${callSid}-user.wav`);
	expect(bytesOf(binary?.voice).equals(both)).toBe(false);
});

test('a call that nobody took has none, which is said; the other items go on', async () => {
	const callSids = [await ended('busy'), await ended()];
	const { items } = await askAbout('getRecording', callSids, {
		fields: { binaryPropertyName: 'data' },
		onError: 'continueRegularOutput',
	});

	expect(errorOf(items[0]!)).toEqual({
		message: `PolyAI has no recording of the call “${callSids[0]}”`,
		code: 'notFound',
		description: expect.stringContaining('nobody took'),
		callSid: callSids[0],
		correlationId: expect.any(String),
	});
	expect(items[0]?.binary).toBeUndefined();
	expect(items[1]?.binary).toHaveProperty('data');
});

test.each([
	[401, 'unauthorized', 'PolyAI refused the API key: '],
	[503, 'serverError', 'PolyAI is temporarily unavailable: '],
	['garbage', 'serverError', 'PolyAI’s answer could not be read'],
	['empty', 'serverError', 'PolyAI’s answer could not be read'],
] as const)('%s is no recording: %s, in PolyAI’s words', async (answer, code, message) => {
	const callSid = await ended();
	polyAi.fault({ on: 'recording', answer });
	const error = errorOf(await soundOf(callSid, { onError: 'continueRegularOutput' }));

	expect(error).toMatchObject({ code, callSid, message: expect.stringContaining(message) });
});

test('an expression that gives no name for the field is refused', async () => {
	const item = await soundOf('some-call', {
		fields: { binaryPropertyName: '={{ $json.nothing }}' },
		onError: 'continueRegularOutput',
	});

	expect(errorOf(item)).toMatchObject({ code: 'badRequest' });
	expect(polyAi.journal.requests).toEqual([]);
});
