import { VirtualClock } from '../../support/unit/virtualClock.mts';
import { Process } from '../../support/unit/run/story/process.mts';
import { ProcessedList } from '../../support/unit/run/story/processedList.mts';

const clock = new VirtualClock();

function openList(failsAt?: number) {
	const list = new ProcessedList(clock, failsAt);
	return (worker: string) => list.openFor(new Process(worker, clock), worker, 'trigger');
}

test('of two workers that are the first to place calls of a node, at the same moment, both can', async () => {
	const open = openList();
	const [one, other] = [open('one worker'), open('another worker')];
	const written = await Promise.all([one.record(['Ada']), other.record(['Ben'])]);
	expect(written).toEqual([new Set(), new Set()]);
	expect(await one.record(['Ada', 'Ben', 'Cleo'])).toEqual(new Set(['Ada', 'Ben']));
});

test('when n8n’s database cannot be written, no call may be placed', async () => {
	const store = openList(0)('worker');
	await expect(store.record(['Ada'])).rejects.toMatchObject({ code: 'serverError' });
});
