import {
	describeCalls,
	PlacedCalls,
	type NodeRun,
} from '../../../nodes/PolyAiOutbound/run/placedCalls.ts';

const call = (phoneNumber: string) => ({ phoneNumber, triggeredAt: '2026-11-23T12:00:00.000Z' });
const ANN = '+442079460018';
const BOB = '+442079460019';

/** As n8n keeps the context with the execution. */
function saved(context: object): object {
	return JSON.parse(JSON.stringify(context)) as object;
}

function placedIn(context: object, item: number, phoneNumber: string, run: NodeRun = 0) {
	const placed = new PlacedCalls(context, run);
	const one = call(phoneNumber);
	placed.sending(item, one);
	placed.accepted(one, `SID-${item}`, 'queued');
	return placed;
}

test('a call is known to the next try, also after n8n has saved and loaded it', () => {
	const context = {};
	placedIn(context, 0, ANN);
	const next = new PlacedCalls(saved(context), 0);
	expect(next.recall(0, ANN)).toEqual({ ...call(ANN), callSid: 'SID-0', status: 'queued' });
});

test('it is remembered before it is sent, in case nobody hears of it again', () => {
	const context = {};
	new PlacedCalls(context, 0).sending(0, call(ANN));
	expect(new PlacedCalls(saved(context), 0).recall(0, ANN)?.phoneNumber).toBe(ANN);
});

test('another item, run, or number is another call', () => {
	const context = {};
	placedIn(context, 0, ANN);
	const same = new PlacedCalls(context, 0);
	expect(same.recall(1, ANN)).toBeUndefined();
	expect(same.recall(0, BOB)).toBeUndefined();
	expect(new PlacedCalls(context, 1).recall(0, ANN)).toBeUndefined();
});

test('a call that certainly was not placed is forgotten', () => {
	const context = {};
	const placed = new PlacedCalls(context, 0);
	const one = call(ANN);
	placed.sending(0, one);
	placed.notPlaced(0, one);
	expect(new PlacedCalls(saved(context), 0).recall(0, ANN)).toBeUndefined();
	expect(placed.all()).toEqual([]);
});

test('in a tool a call is known by its number, since neither run nor item stay the same', () => {
	const context = {};
	placedIn(context, 0, ANN, 'tool').forget();
	const next = new PlacedCalls(saved(context), 'tool');
	expect(next.recall(7, ANN)?.callSid).toBe('SID-0');
	expect(next.recall(0, BOB)).toBeUndefined();
});

test('what went well is forgotten, but for whom it called, and how often', () => {
	const context = {};
	placedIn(context, 0, ANN).forget();
	placedIn(context, 0, ANN, 1).forget();
	const next = new PlacedCalls(saved(context), 2);
	expect(next.all()).toEqual([]);
	expect(new PlacedCalls(saved(context), 0).recall(0, ANN)).toBeUndefined();
	expect([next.timesCalledBefore(ANN), next.timesCalledBefore(BOB)]).toEqual([2, 0]);
	expect([next.hasCalled(ANN), next.hasCalled(BOB)]).toEqual([true, false]);
});

test('a call of another run counts as called while nobody knows how it went', () => {
	const context = {};
	new PlacedCalls(context, 0).sending(0, call(ANN));
	const next = new PlacedCalls(saved(context), 1);
	expect([next.timesCalledBefore(ANN), next.hasCalled(ANN)]).toEqual([1, true]);
	expect(next.all()).toEqual([]);
});

test('an error names every call with its number, placed or possibly placed', () => {
	const context = {};
	placedIn(context, 0, ANN);
	const placed = placedIn(context, 1, BOB);
	placed.sending(2, call('+442079460020'));
	const text = describeCalls(new PlacedCalls(saved(context), 0).all());
	expect(text).toContain(`<li>${ANN} (SID-0)</li><li>${BOB} (SID-1)</li>`);
	expect(text).toContain('may have been placed:<ul><li>+442079460020</li></ul>');
	expect(describeCalls([])).toBe('');
});
