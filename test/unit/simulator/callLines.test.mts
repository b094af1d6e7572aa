import { callLines } from '../../simulator/callLines.mts';
import { manualClock } from '../../support/unit/simulator/manualClock.mts';
import { place } from '../../support/unit/simulator/polyAiClient.mts';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

/** Without the time of day, which depends on where the machine stands. */
const said = (lines: string[]) => lines.map((line) => line.replace(/^\d\d:\d\d:\d\d {2}/, ''));

test('one line when a call is placed, one when it has ended', async () => {
	const clock = manualClock();
	const polyAi = await startPolyAi({ clock });
	const news = callLines(polyAi);
	expect(news()).toEqual([]);

	const good = await place(polyAi, '+442079460001');
	const bad = await place(polyAi, '+442079460003');
	expect(said(news())).toEqual([
		`+442079460001    ${good}  placed`,
		`+442079460003    ${bad}  placed`,
	]);
	clock.advance(2_000);
	expect(news()).toEqual([]);
	clock.advance(5_000);
	expect(said(news())).toEqual([
		`+442079460001    ${good}  success`,
		`+442079460003    ${bad}  failure (busy)`,
	]);
	clock.advance(60_000);
	expect(news()).toEqual([]);
});

test('a call that was over before anybody looked has both lines', async () => {
	const polyAi = await startPolyAi({ queuedMs: 0, callingMs: 0 });
	const news = callLines(polyAi);
	const sid = await place(polyAi, '+442079460001');
	expect(said(news())).toEqual([
		`+442079460001    ${sid}  placed`,
		`+442079460001    ${sid}  success`,
	]);
});

test('calls that a reset took away are not spoken of anymore', async () => {
	const clock = manualClock();
	const polyAi = await startPolyAi({ clock });
	const news = callLines(polyAi);
	await place(polyAi, '+442079460001');
	news();
	polyAi.reset();
	clock.advance(60_000);
	expect(news()).toEqual([]);
});
