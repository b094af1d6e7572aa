import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import type { NodeClass } from './engineWorkflow.mts';

type Behavior = Pick<INodeType, 'execute' | 'poll'>;
type Screen = Pick<INodeTypeDescription, 'properties' | 'credentials'>;

/** A node class for one test of the harness: what it does, and what its screen shows. */
export function tinyNode(behavior: Behavior, screen: Partial<Screen> = {}): NodeClass {
	return class TinyNode implements INodeType {
		description: INodeTypeDescription = {
			displayName: 'Tiny',
			name: 'tiny',
			group: ['transform'],
			version: 1,
			description: 'Made for one test',
			defaults: { name: 'Tiny' },
			inputs: behavior.poll ? [] : [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: screen.properties ?? [],
			credentials: screen.credentials,
		};

		execute = behavior.execute;

		poll = behavior.poll;
	};
}
