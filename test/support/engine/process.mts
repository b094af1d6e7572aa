import type { NodeClass } from './engineWorkflow.mts';
import * as n8nWorkflow from 'n8n-workflow';

/** Both nodes as one n8n process has loaded them: they share the memory of its modules. */
export interface Process {
	PolyAiOutbound: NodeClass;
	PolyAiOutboundTrigger: NodeClass;
}

/** n8n restarts: what the nodes kept in memory is gone. n8n's own modules stay. */
export function startProcess(): Process {
	let nodes: Process | undefined;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => n8nWorkflow);
		nodes = {
			...(require('../../../nodes/PolyAiOutbound/PolyAiOutbound.node.ts') as object),
			...(require('../../../nodes/PolyAiOutboundTrigger/PolyAiOutboundTrigger.node.ts') as object),
		} as Process;
		jest.dontMock('n8n-workflow');
	});
	return nodes as Process;
}
