import './n8nEnvironment.mts';

import { ExecutionLifecycleHooks, ExternalSecretsProxy } from 'n8n-core';
import {
	UnexpectedError,
	type ICredentialType,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import {
	loadCredentialType,
	StoredCredentials,
	type CredentialData,
} from './credentialsHelper.mts';

export interface Credentials {
	/** Credential data by type name, as the user filled it in: `{ polyAiApi: { region: 'us' } }`. */
	credentials?: CredentialData;
	/** Types that aren't found in `credentials/` by their name. */
	credentialTypes?: ICredentialType[];
}

/** What n8n's server passes to its engine with every execution and poll. */
export async function createAdditionalData(
	{ credentials = {}, credentialTypes = [] }: Credentials,
	workflowData: IWorkflowBase,
	mode: WorkflowExecuteMode,
	executionId: string,
): Promise<IWorkflowExecuteAdditionalData & { hooks: ExecutionLifecycleHooks }> {
	const known = new Set(credentialTypes.map(({ name }) => name));
	const missing = Object.keys(credentials).filter((name) => !known.has(name));
	const types = [...credentialTypes, ...(await Promise.all(missing.map(loadCredentialType)))];
	const refuse = (what: string) => () => {
		throw new UnexpectedError(`The engine harness does not support ${what}`);
	};
	// No request goes there: n8n builds links from it.
	const address = 'http://127.0.0.1:5678/';
	return {
		executionId,
		workflowId: workflowData.id,
		credentialsHelper: new StoredCredentials(types, credentials),
		hooks: new ExecutionLifecycleHooks(mode, executionId, workflowData),
		externalSecretsProxy: new ExternalSecretsProxy(),
		currentNodeExecutionIndex: 0,
		variables: {},
		executeWorkflow: refuse('sub-workflows'),
		getRunExecutionData: refuse('getRunExecutionData'),
		getRuntimeCredential: refuse('getRuntimeCredential'),
		startRunnerTask: refuse('task runners'),
		logAiEvent: () => undefined,
		restApiUrl: `${address}rest`,
		instanceBaseUrl: address,
		formBaseUrl: `${address}form`,
		formWaitingBaseUrl: `${address}form-waiting`,
		formTestBaseUrl: `${address}form-test`,
		webhookBaseUrl: `${address}webhook`,
		webhookWaitingBaseUrl: `${address}webhook-waiting`,
		webhookTestBaseUrl: `${address}webhook-test`,
		mcpBaseUrl: `${address}mcp`,
		mcpTestBaseUrl: `${address}mcp-test`,
	};
}
