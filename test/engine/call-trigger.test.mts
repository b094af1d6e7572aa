import { PolyAiOutbound } from '../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts';
import { startSimulator, type Simulator } from '../simulator/server.mts';
import { runNode } from './runNode.mts';

let polyAi: Simulator;

beforeAll(async () => {
	polyAi = await startSimulator();
});

beforeEach(() => polyAi.reset());

afterAll(async () => await polyAi.close());

const credentials = () => ({
	polyAiApi: { region: 'custom', baseUrl: polyAi.url, token: polyAi.token },
});

test('ten mixed rows: each good number is dialled once, each bad one is explained', async () => {
	const rows = [
		'020 7946 0018',
		'0044 20 7946 0021',
		'011 44 20 7946 0022',
		442079460023,
		"'+44 20 7946 0024",
		'020\u00a07946\u00a00025',
		'',
		'+44 20',
		'+12025550126',
		'not a number',
	];
	const { items, error } = await runNode({
		node: PolyAiOutbound,
		parameters: {
			resource: 'call',
			operation: 'trigger',
			phoneNumber: '={{ $json.phone }}',
			defaultCountry: 'GB',
		},
		items: rows.map((phone) => ({ phone })),
		credentials: credentials(),
		onError: 'continueRegularOutput',
	});
	console.log(JSON.stringify(items, null, 1), error, polyAi.journal.requests);
});
