import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackage, packPackage } from '../n8n/installPackage.mts';
import { clockAhead } from '../n8n/clockAhead.mts';
import { loginFor, type Login } from '../n8n/login.mts';
import { RestClient } from '../n8n/restClient.mts';
import { startN8n, type N8n } from '../n8n/startN8n.mts';
import { startSimulator, type Simulator } from '../../simulator/server.mts';
import type { Spoken } from '../unit/simulator/polyAiClient.mts';

/** A PolyAI that speaks one version of its API, and n8n's way to it. */
interface PolyAi extends Pick<Login, 'authentication' | 'credentialType'> {
	polyAi: Simulator;
	/** A credential for the simulator. */
	credential: { id: string; name: string };
}

/** A real n8n with the packed tarball in it, its owner logged in, and a PolyAI behind it. */
export interface Instance extends PolyAi {
	n8n: N8n;
	client: RestClient;
	/** From now on, there is another PolyAI behind it, which supports only this API version. */
	speak(version: Spoken): Promise<void>;
	/** Restarts n8n with the same database, on a clock that is this many milliseconds ahead. */
	restart(aheadMs?: number): Promise<void>;
	close(): Promise<void>;
}

/** As on a machine where n8n has just been installed, and the packed tarball into it. */
export function freshUserFolder(): string {
	// Not in the checkout, whose n8n-workflow the package would find before n8n's own.
	const userFolder = mkdtempSync(join(tmpdir(), 'polyai-e2e-'));
	installPackage(packPackage(userFolder), userFolder);
	return userFolder;
}

export async function startInstance(
	env: Record<string, string> = {},
	version: Spoken = 'g1',
): Promise<Instance> {
	const userFolder = freshUserFolder();
	const n8n = await startN8n({ userFolder, env });
	const client = new RestClient(n8n.url);
	await client.logIn();
	const instance: Instance = {
		n8n,
		client,
		...(await startPolyAi(client, version)),
		async speak(other) {
			await instance.polyAi.close();
			Object.assign(instance, await startPolyAi(instance.client, other));
		},
		async restart(aheadMs = 0) {
			const port = Number(new URL(instance.n8n.url).port);
			const clock = aheadMs > 0 ? clockAhead(aheadMs) : {};
			instance.n8n = await startN8n({ userFolder, env: { ...env, ...clock }, port });
			instance.client = new RestClient(instance.n8n.url);
			await instance.client.logIn();
		},
		async close() {
			await instance.n8n.stop();
			await instance.polyAi.close();
			rmSync(userFolder, { recursive: true, force: true });
		},
	};
	return instance;
}

async function startPolyAi(client: RestClient, version: Spoken): Promise<PolyAi> {
	const polyAi = await startSimulator({
		queuedMs: 200,
		callingMs: 300,
		versions: [version],
	});
	const { authentication, credentialType, data } = loginFor(version, polyAi);
	const credential = await client.createCredential(credentialType, data, `PolyAI ${version}`);
	return { polyAi, authentication, credentialType, credential };
}
