import {
	isExpression,
	type IAuthenticateGeneric,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type Workflow,
} from 'n8n-workflow';

/** Adds what a credential's `authenticate: { type: 'generic' }` asks for, as n8n does it. */
export function authenticateDeclaratively(
	{ properties }: IAuthenticateGeneric,
	$credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
	workflow: Workflow,
	node: INode,
): IHttpRequestOptions {
	const resolve = (text: string): string => {
		if (!isExpression(text)) return text;
		const keys = { $credentials };
		const { expression } = workflow;
		const value = expression.getSimpleParameterValue(node, text, 'internal', keys, undefined, '');
		return value ? value.toString() : '';
	};
	const options = requestOptions as IHttpRequestOptions & Record<string, IDataObject>;
	options.headers ??= {};
	for (const [part, entries] of Object.entries(properties)) {
		const target = (options[part] ??= {});
		for (const [key, value] of Object.entries(entries as Record<string, string>)) {
			target[resolve(key)] = resolve(value);
		}
	}
	return options;
}
