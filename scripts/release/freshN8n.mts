import type { Instance } from '../../test/support/e2e/instance.mts';
import { callWorkflow } from '../../test/support/e2e/workflow.mts';
import { outputOf } from '../../test/support/n8n/restClient.mts';
import type { Manifest } from './contents.mts';

const PACKAGE = 'n8n-nodes-polyai';

/** Which parts of the package a running n8n hasn't loaded. */
export async function loadingProblems({ client }: Instance, { n8n }: Manifest): Promise<string[]> {
	const nodes = await client.request<Array<{ name: string }>>('GET', '/types/nodes.json');
	const credentials = await client.request<Array<{ name: string }>>(
		'GET',
		'/types/credentials.json',
	);
	const loaded = [...nodes, ...credentials].map(({ name }) => name);
	const wanted = [
		...n8n.nodes.map((file) => `${PACKAGE}.${typeOf(file)}`),
		...n8n.credentials.map((file) => typeOf(file)),
	];
	return wanted.filter((name) => !loaded.includes(name)).map((name) => `${name} was not loaded`);
}

/** `dist/nodes/PolyAiOutbound/PolyAiOutbound.node.js` is the type `polyAiOutbound`. */
function typeOf(file: string): string {
	const [className = ''] = (file.split('/').at(-1) ?? '').split('.');
	return className.charAt(0).toLowerCase() + className.slice(1);
}

/** Tests the credential, then has one call placed and waited for. */
export async function callProblems(n8n: Instance): Promise<string[]> {
	const { client, polyAi } = n8n;
	const credential = { region: 'custom', baseUrl: polyAi.url, token: polyAi.token };
	const test = await client.testCredential('polyAiApi', credential);
	if (test.status !== 'OK') return [`The credential’s test says: ${test.message}`];
	const parameters = { resource: 'call', operation: 'triggerAndWait', options: {} };
	const rows = [{ phone: '+44 20 7946 0018' }];
	const workflow = callWorkflow(n8n, rows, { ...parameters, phoneNumber: '={{ $json.phone }}' });
	const { id } = await client.createWorkflow(workflow);
	const execution = await client.run(id, 'Start');
	const [item] = outputOf(execution, 'PolyAI');
	const { dials } = polyAi.journal;
	return [
		...(item?.json.status === 'success'
			? []
			: [`The call ended so: ${JSON.stringify(item?.json)}`]),
		...(dials.length === 1 ? [] : [`PolyAI was asked for ${dials.length} calls instead of one`]),
	];
}
