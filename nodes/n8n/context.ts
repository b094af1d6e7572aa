import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

/** What n8n gives a node that runs or polls. */
export type NodeContext = IExecuteFunctions | IPollFunctions;

/** What n8n gives to code that sends requests with a credential, which a field's list also does. */
export type RequestContext = NodeContext | ILoadOptionsFunctions;
