import { call, dialed, numbers, polyAi } from '../support/engine/polyAi.mts';

/** In real time: what ends at once here ends at once for the person who presses Stop. */
const people = numbers(20);

/** Presses Stop when the request with this number in the row of all has arrived. */
function stopAtRequest(wanted: number): AbortSignal {
	const button = new AbortController();
	let seen = 0;
	polyAi.fault(() => {
		seen++;
		if (seen === wanted) button.abort();
		return undefined;
	});
	return button.signal;
}

function sidOf(number: string): string | undefined {
	return polyAi.journal.dials.find((dial) => dial.number === number)?.callSid;
}

function placedSids(): Set<string> {
	return new Set(polyAi.journal.dials.map(({ callSid }) => callSid));
}

describe.each(['manual', 'trigger'] as const)('Stop in the middle of a batch, %s', (mode) => {
	test('no new request starts, and those under way are not cut: their SIDs are in the log', async () => {
		polyAi.set({ latencyMs: 50 });
		const stop = stopAtRequest(6);
		const { log, status } = await call(people, { mode, stop, options: { maxConcurrency: 3 } });

		expect(status).toBe('canceled');
		// When the sixth arrived, the two other lines may have been sending one more each.
		expect(dialed().length).toBeLessThanOrEqual(6 + 2);
		expect(polyAi.journal.requests.map(({ answer }) => answer?.ended)).toEqual(
			dialed().map(() => 'complete'),
		);
		const logged = JSON.stringify(log.filter(({ level }) => level === 'warn'));
		for (const { callSid } of polyAi.journal.dials) expect(logged).toContain(callSid);
	});

	test('the saved execution tells what was placed, and what was on its way', async () => {
		polyAi.set({ latencyMs: 20 });
		const stop = stopAtRequest(4);
		const { saved } = await call(people, { mode, stop, options: { maxConcurrency: 1 } });

		const told = Object.values(saved.customData).join(' ').split(' ');
		expect(told).toEqual([...people.slice(0, 3).map(sidOf), `${people[3]}?`]);
	});

	test('with "Continue" it is the same', async () => {
		const stop = stopAtRequest(2);
		const { saved, status } = await call(people, {
			mode,
			stop,
			options: { maxConcurrency: 1 },
			onError: 'continueErrorOutput',
		});

		expect(status).toBe('canceled');
		expect(dialed()).toEqual(people.slice(0, 2));
		expect(Object.values(saved.customData).join()).toContain(sidOf(people[0] ?? ''));
	});
});

test('the calls stay in the node’s memory, which n8n saves when an execution times out', async () => {
	const stop = stopAtRequest(3);
	const { context } = await call(people, { stop, options: { maxConcurrency: 1 } });

	const memory = JSON.stringify(context);
	for (const number of people.slice(0, 3)) expect(memory).toContain(sidOf(number));
});

test('every entry is short enough for n8n, however many calls were placed', async () => {
	const stop = stopAtRequest(20);
	const { saved, log } = await call(people, { stop, options: { maxConcurrency: 1 } });

	const entries = Object.values(saved.customData);
	expect(entries.length).toBeGreaterThan(1);
	for (const entry of entries) expect(entry.length).toBeLessThanOrEqual(255);
	expect(log.filter(({ level }) => level === 'error')).toEqual([]);
	for (const number of people.slice(0, 19)) expect(entries.join()).toContain(sidOf(number));
});

test('calls that do not fit are counted in the last entry, and stand in n8n’s log', async () => {
	const many = numbers(90);
	const stop = stopAtRequest(90);
	const { saved, log } = await call(many, { stop, options: { maxConcurrency: 1 } });

	const entries = Object.values(saved.customData);
	for (const entry of entries) expect(entry.length).toBeLessThanOrEqual(255);
	const listed = entries
		.join(' ')
		.split(' ')
		.filter((word) => placedSids().has(word));
	expect(listed).toEqual(many.slice(0, listed.length).map(sidOf));
	expect(entries).toHaveLength(10);
	expect(entries.at(-1)).toMatch(new RegExp(` and ${90 - listed.length} more: see n8n's log$`));
	const logged = JSON.stringify(log.filter(({ level }) => level === 'warn'));
	for (const number of many) expect(logged).toContain(sidOf(number));
});

test.each([
	['for its turn in the pace', { callsPerMinute: 1 }, {}],
	['for PolyAI to take requests again', {}, { answer: 429, retryAfter: 60 } as const],
	['to try again', {}, { answer: 503, retryAfter: 60 } as const],
])('a call that waits %s is given up at once', async (_what, options, fault) => {
	const button = new AbortController();
	polyAi.fault({ on: 'trigger', ...fault });
	const running = call(people.slice(0, 2), {
		stop: button.signal,
		options: { maxConcurrency: 1, ...options },
	});
	while (polyAi.journal.requests[0]?.answer === undefined) await new Promise(setImmediate);
	button.abort();
	const { status } = await running;

	expect(status).toBe('canceled');
	expect(polyAi.journal.requests).toHaveLength(1);
});
