import type { IDataObject } from 'n8n-workflow';
import { node, to } from '../../test/support/e2e/workflow.mts';
import type { Instance } from '../../test/support/e2e/instance.mts';

export type Contender = 'PolyAI Outbound' | 'PolyAI Outbound, crash marks off' | 'HTTP Request';

interface Settings {
	concurrency: number;
	/** Seconds until a request is given up. */
	timeoutSeconds: number;
	/** n8n's "Retry On Fail", three tries. */
	retries: boolean;
}

/** A workflow that calls the rows it receives with the node under test, and answers at its end. */
export async function benchWorkflow(
	instance: Instance,
	contender: Contender,
	path: string,
	settings: Settings,
) {
	const retries = settings.retries
		? { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 }
		: { retryOnFail: false };
	const isHttpRequest = contender === 'HTTP Request';
	const tested = isHttpRequest ? httpRequest(instance, settings) : polyAi(settings);
	const credentials = isHttpRequest
		? { httpHeaderAuth: await headerCredential(instance) }
		: { polyAiApi: instance.credential };
	return {
		name: `${contender} ${path}`,
		settings: { saveDataSuccessExecution: 'none', saveDataErrorExecution: 'none' },
		nodes: [
			{
				...node('Rows', 'n8n-nodes-base.webhook', 2, {
					httpMethod: 'POST',
					path,
					responseMode: 'lastNode',
				}),
				webhookId: path,
			},
			node('Split', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.rows', options: {} }),
			{ ...tested, ...retries, onError: 'continueRegularOutput', credentials },
			node('Last', 'n8n-nodes-base.limit', 1, { maxItems: 1 }),
		],
		connections: { Rows: to('Split'), Split: to('Tested'), Tested: to('Last') },
	};
}

function polyAi({ concurrency, timeoutSeconds }: Settings) {
	return node('Tested', 'n8n-nodes-polyai.polyAiOutbound', 1, {
		resource: 'call',
		operation: 'trigger',
		phoneNumber: '={{ $json.phone }}',
		options: { maxConcurrency: concurrency, requestTimeout: timeoutSeconds },
	});
}

function httpRequest({ polyAi: { url } }: Instance, { timeoutSeconds }: Settings) {
	const parameters: IDataObject = {
		method: 'POST',
		url: `${url}/v1/outbound-calling/trigger`,
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		sendBody: true,
		specifyBody: 'json',
		jsonBody: '={{ JSON.stringify({ to_number: $json.phone }) }}',
		options: { timeout: timeoutSeconds * 1000 },
	};
	return node('Tested', 'n8n-nodes-base.httpRequest', 4.2, parameters);
}

/** The HTTP Request node can't use ours. */
async function headerCredential({ client, polyAi: { token } }: Instance) {
	const header = { name: 'X-PolyAi-Auth-Token', value: token };
	return await client.createCredential('httpHeaderAuth', header);
}
