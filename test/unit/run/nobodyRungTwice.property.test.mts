import type { IDataObject } from 'n8n-workflow';
import * as fc from 'fast-check';
import { errorItemJson } from '../../../nodes/n8n/nodeError.ts';
import { describeCalls } from '../../../nodes/PolyAiOutbound/run/placedCalls.ts';
import { numberOf, play, type Played } from './play.mts';
import { isFlawless, scenario, type Scenario } from './scenario.mts';

jest.setTimeout(120_000);

const RUNS = 4000;

test('whatever goes wrong, nobody is rung twice and nothing is lost', async () => {
	const seen = { runs: 0, stopped: 0, unclear: 0, failed: 0 };
	await fc.assert(
		fc.asyncProperty(scenario, async (given) => {
			const played = await play(given);
			nobodyIsRungTwice(given, played);
			everyItemComesOutOnce(given, played);
			everyCallSidIsSaid(given, played);
			everyVoiceAgentIsTold(given, played);
			const { polyAi, requestsAfterStop } = played;
			expect(polyAi.mostInFlight).toBeLessThanOrEqual(given.concurrency);
			expect(requestsAfterStop).toBe(0);
			seen.runs++;
			if (played.wasStopped) seen.stopped++;
			if (played.last.firstFailure !== undefined) seen.failed++;
			if (polyAi.dials.length > polyAi.returnedSids.length) seen.unclear++;
		}),
		{ numRuns: RUNS, seed: 20261123 },
	);
	// The runs are worth something only if all of this happens in many of them.
	expect(seen.runs).toBe(RUNS);
	for (const times of [seen.stopped, seen.failed, seen.unclear]) {
		expect(times).toBeGreaterThan(RUNS / 10);
	}
});

function nobodyIsRungTwice({ skipDuplicates }: Scenario, { polyAi }: Played): void {
	const items = polyAi.dials.map(({ item }) => item);
	expect(items).toEqual([...new Set(items)]);
	const numbers = polyAi.dials.map(({ number }) => number);
	if (skipDuplicates) expect(numbers).toEqual([...new Set(numbers)]);
	expect(polyAi.askedAfterUnclear).toEqual([]);
	expect(polyAi.sentInDoubt).toEqual([]);
}

function everyVoiceAgentIsTold({ hasMetadata }: Scenario, { polyAi }: Played): void {
	for (const { item, metadata } of polyAi.dials) {
		expect(metadata).toEqual(hasMetadata ? { item: String(item) } : undefined);
	}
}

function everyItemComesOutOnce(given: Scenario, { last: { outcomes }, polyAi }: Played): void {
	expect(outcomes).toHaveLength(given.people.length);
	for (const [item, outcome] of outcomes.entries()) {
		if (isFlawless(given)) expect(outcome).toHaveProperty('value');
		if (!('value' in outcome)) continue;
		const { phoneNumber, callSid } = outcome.value as IDataObject;
		expect(phoneNumber).toBe(numberOf(given.people[item]));
		const dialled = polyAi.dials.find((dial) => dial.item === item);
		expect(callSid).toBe(dialled?.callSid);
	}
}

/**
 * In an item that comes out, or in the error that n8n shows instead. At Stop the calls of earlier
 * tries, whose items were not reached again, are in what `recordOnStop` writes.
 */
function everyCallSidIsSaid(given: Scenario, { polyAi, last, placed, wasStopped }: Played): void {
	const isThrown = last.firstFailure !== undefined && given.stopsAtFailure && !wasStopped;
	const items = last.outcomes.map((outcome) => {
		return 'value' in outcome ? outcome.value : errorItemJson(outcome.error);
	});
	const said = [
		isThrown ? '' : JSON.stringify(items),
		isThrown || wasStopped ? describeCalls(placed.all()) : '',
	].join();
	for (const callSid of polyAi.returnedSids) expect(said).toMatch(new RegExp(`${callSid}\\b`));
}
