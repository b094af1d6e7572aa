import './n8nEnvironment.mts';

import { LoadOptionsContext } from 'n8n-core';
import type { INode, INodeListSearchResult, INodeParameters } from 'n8n-workflow';
import { createAdditionalData, type Credentials } from './additionalData.mts';
import { buildWorkflow, type NodeClass } from './engineWorkflow.mts';
import { startObservation } from './observeNode.mts';
import { SavedWorkflow } from './savedWorkflow.mts';

interface ListSearch extends Credentials {
	node: NodeClass;
	parameters?: INodeParameters;
	method: string;
	filter?: string;
}

/** What the list of a field offers when a person opens it in the editor. */
export async function searchList(options: ListSearch): Promise<INodeListSearchResult> {
	const { node: type, parameters = {}, method, filter, credentials } = options;
	const { workflow, workflowData } = buildWorkflow(
		[{ name: 'Node', type, parameters }],
		[],
		new SavedWorkflow(),
		startObservation(),
		credentials,
	);
	const additionalData = {
		...(await createAdditionalData(options, workflowData, 'internal', '1')),
		currentNodeParameters: parameters,
	};
	const node = workflow.getNode('Node') as INode;
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters.options');
	const search = new type().methods?.listSearch?.[method];
	if (!search) throw new Error(`The node has no list ${method}`);
	return await search.call(context, filter);
}
