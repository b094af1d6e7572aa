import type { SimulatorOptions } from '../../../simulator/server.mts';
import { manualClock } from './manualClock.mts';
import { place, secret, send } from './polyAiClient.mts';
import { startPolyAi } from './startPolyAi.mts';

export const LONDON = '+442079460123';
export const AGENT = '/v1/agents/PROJECT-SIMULATOR/conversations';
export const LIST = '/v3/ws-simulator/PROJECT-SIMULATOR/conversations';

/** A project whose conversations can be read. */
export async function startProject(options: SimulatorOptions = {}) {
	const clock = manualClock('2026-03-02T09:00:00.000Z');
	const polyAi = await startPolyAi({ versions: ['g3', 'conversations'], clock, ...options });
	const get = async (path: string) =>
		await send(polyAi, 'GET', path, { headers: secret(polyAi, 'g3') });
	const call = async (number = LONDON) => await place(polyAi, number, 'g3');
	const list = async (query = '') => (await get(LIST + query)).json;
	const idsOf = async (query = '') =>
		((await list(query)).conversations as Array<{ id: string }>).map(({ id }) => id);
	return { polyAi, clock, get, call, list, idsOf };
}
