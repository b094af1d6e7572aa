import type { INodeProperties } from 'n8n-workflow';

/**
 * A credential's field with which n8n keeps its HTTP Request node, which sends to any address, from
 * using the credential (docs/design.md § 3, promise 6). If a credential lacks the field, n8n adds
 * one for people to fill in.
 */
export const onlyInOurNodes: INodeProperties = {
	displayName: 'Allowed HTTP Request Domains',
	name: 'allowedHttpRequestDomains',
	type: 'hidden',
	default: 'none',
};
