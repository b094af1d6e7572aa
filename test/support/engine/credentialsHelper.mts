import { join } from 'node:path';

import { getAdditionalKeys } from 'n8n-core';
import {
	ICredentialsHelper,
	NodeHelpers,
	UnexpectedError,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IExecuteData,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { authenticateDeclaratively } from './declarativeAuthenticate.mts';

export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** Finds `polyAiApi` as n8n's loader does: class `PolyAiApi` in `PolyAiApi.credentials.ts`. */
export async function loadCredentialType(name: string): Promise<ICredentialType> {
	const className = name.charAt(0).toUpperCase() + name.slice(1);
	const file = join(process.cwd(), 'credentials', `${className}.credentials.ts`);
	const exported = (await import(file)) as Record<string, new () => ICredentialType>;
	const CredentialClass = exported[className];
	if (!CredentialClass) throw new Error(`${file} does not export ${className}`);
	return new CredentialClass();
}

/** Where credentials are resolved outside of an execution, as in a poll: only `$vars`, `$secrets` … */
const noWorkflow = new Workflow({
	nodes: [],
	connections: {},
	active: false,
	nodeTypes: { getByName: refuse, getByNameAndVersion: refuse, getKnownTypes: () => ({}) },
});

/**
 * Does what n8n's own CredentialsHelper does between a stored credential and a request: defaults,
 * expressions, `authenticate`. The only thing missing is the database.
 */
export class StoredCredentials extends ICredentialsHelper {
	constructor(
		private readonly types: ICredentialType[],
		private readonly stored: CredentialData,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		const parents = this.typeOf(name).extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.getParentTypes(parent))];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		return this.typeOf(name).properties;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		name: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const data = this.stored[name];
		if (!data) throw new UnexpectedError(`No credential of the type ${name} was given to the run`);
		if (raw) return { ...data };

		const complete = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(name),
			data as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		const workflow = resolve?.workflow ?? noWorkflow;
		return workflow.expression.getParameterValue(
			complete as INodeParameters,
			resolve?.runExecutionData ?? null,
			resolve?.runIndex ?? 0,
			resolve?.itemIndex ?? 0,
			resolve?.node.name ?? '',
			resolve?.connectionInputData ?? [],
			mode,
			keys,
			executeData,
			false,
			complete,
		) as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		name: string,
		requestOptions: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeOf(name);
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (!authenticate) return requestOptions;
		return authenticateDeclaratively(authenticate, credentials, requestOptions, workflow, node);
	}

	/** Only credentials with an expiring token take part in it; this package has none. */
	async preAuthentication(
		_helpers: unknown,
		_credentials: ICredentialDataDecryptedObject,
		name: string,
	): Promise<undefined> {
		if (this.typeOf(name).preAuthentication) return refuse('preAuthentication');
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return refuse('runPreAuthentication');
	}

	async getCredentials(): Promise<ICredentials> {
		return refuse('getCredentials');
	}

	async updateCredentials(): Promise<void> {
		refuse('updateCredentials');
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		refuse('updateCredentialsOauthTokenData');
	}

	private typeOf(name: string): ICredentialType {
		const type = this.types.find((candidate) => candidate.name === name);
		if (!type) throw new UnexpectedError(`Unknown credential type ${name}`);
		return type;
	}
}

function refuse(what: string): never {
	throw new UnexpectedError(`The engine harness does not support ${what}`);
}
