import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

/** What n8n gives a node that runs or polls. */
export type NodeContext = IExecuteFunctions | IPollFunctions;

/** What n8n gives whoever sends requests with a credential; a field's list does so as well. */
export type RequestContext = NodeContext | ILoadOptionsFunctions;
