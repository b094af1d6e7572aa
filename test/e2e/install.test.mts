import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installFromImage } from '../support/n8n/dockerImage.mts';
import { packPackage } from '../support/n8n/installPackage.mts';
import { startRegistry } from '../support/n8n/packageRegistry.mts';
import { RestClient } from '../support/n8n/restClient.mts';
import { startN8n, type N8n } from '../support/n8n/startN8n.mts';

jest.setTimeout(600_000);

const NODES = [
	'n8n-nodes-polyai.polyAiOutbound',
	'n8n-nodes-polyai.polyAiOutboundTool',
	'n8n-nodes-polyai.polyAiOutboundTrigger',
];

let folder: string;
let n8n: N8n | undefined;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'polyai-install-'));
});
afterEach(async () => {
	await n8n?.stop();
	rmSync(folder, { recursive: true, force: true });
});

async function ourNodes(client: RestClient): Promise<string[]> {
	const types = await client.request<Array<{ name: string }>>('GET', '/types/nodes.json');
	const names = types.map(({ name }) => name);
	return names.filter((name) => name.startsWith('n8n-nodes-polyai.')).sort();
}

test('n8n’s own installer takes the package, as it does after Settings → Community nodes → Install', async () => {
	const registry = await startRegistry(packPackage(folder), folder);
	n8n = await startN8n({ userFolder: join(folder, 'user'), env: registry.env });
	const client = new RestClient(n8n.url);
	await client.logIn();
	expect(await ourNodes(client)).toEqual([]);

	const installed = await client.request('POST', '/rest/community-packages', {
		name: 'n8n-nodes-polyai',
	});
	await registry.close();
	expect(installed).toMatchObject({ packageName: 'n8n-nodes-polyai' });
	expect(await ourNodes(client)).toEqual(NODES);
});

test('the Docker image of docs/docker brings it along, also to a volume that has an older one', async () => {
	const userFolder = join(folder, 'user');
	installFromImage(packPackage(folder), userFolder);
	installFromImage(packPackage(folder), userFolder);
	n8n = await startN8n({ userFolder });
	const client = new RestClient(n8n.url);
	await client.logIn();
	expect(await ourNodes(client)).toEqual(NODES);
});
