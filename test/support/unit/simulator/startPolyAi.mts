import {
	startSimulator,
	type Simulator,
	type SimulatorOptions,
} from '../../../simulator/server.mts';
import { wrongExchanges } from './wrongExchanges.mts';

/** A busy machine may be slow, but nothing here depends on how long anything takes. */
jest.setTimeout(30_000);

const started: Simulator[] = [];

/** A simulator that ends with the test, and what it said must be as PolyAI's descriptions have it. */
export async function startPolyAi(options: SimulatorOptions = {}): Promise<Simulator> {
	const polyAi = await startSimulator(options);
	started.push(polyAi);
	return polyAi;
}

afterEach(async () => {
	const ended = started.splice(0);
	await Promise.all(ended.map(async (polyAi) => await polyAi.close()));
	expect(ended.flatMap(({ journal }) => wrongExchanges(journal))).toEqual([]);
});
