import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage, packPackage } from '../n8n/installPackage.mts';
import { RestClient } from '../n8n/restClient.mts';
import { startN8n, type N8n } from '../n8n/startN8n.mts';
import { startSimulator, type Simulator } from '../simulator/server.mts';

/** A real n8n with the packed tarball in it, its owner logged in, and a PolyAI behind it. */
export interface Instance {
	n8n: N8n;
	client: RestClient;
	polyAi: Simulator;
	/** A credential for the simulator. */
	credential: { id: string; name: string };
	/** Starts n8n again with the same database. */
	restart(): Promise<void>;
	close(): Promise<void>;
}

/** As on a machine where n8n has just been installed, and the packed tarball into it. */
export function freshUserFolder(): string {
	// Not in the checkout, whose n8n-workflow the package would find before n8n's own.
	const userFolder = mkdtempSync(join(tmpdir(), 'polyai-e2e-'));
	installPackage(packPackage(userFolder), userFolder);
	return userFolder;
}

export async function startInstance(env: Record<string, string> = {}): Promise<Instance> {
	const userFolder = freshUserFolder();
	const n8n = await startN8n({ userFolder, env });
	const polyAi = await startSimulator({ queuedMs: 200, callingMs: 300 });
	const client = new RestClient(n8n.url);
	await client.logIn();
	const data = { region: 'custom', baseUrl: polyAi.url, token: polyAi.token };
	const instance: Instance = {
		n8n,
		client,
		polyAi,
		credential: await client.createCredential('polyAiApi', data, 'PolyAI'),
		async restart() {
			const port = Number(new URL(instance.n8n.url).port);
			instance.n8n = await startN8n({ userFolder, env, port });
			instance.client = new RestClient(instance.n8n.url);
			await instance.client.logIn();
		},
		async close() {
			await instance.n8n.stop();
			await polyAi.close();
			rmSync(userFolder, { recursive: true, force: true });
		},
	};
	return instance;
}
