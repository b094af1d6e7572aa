import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

/** What n8n gives a node that runs or polls. */
export type NodeContext = IExecuteFunctions | IPollFunctions;
