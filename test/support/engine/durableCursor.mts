import { AsyncLocalStorage } from 'node:async_hooks';
import { isDeepStrictEqual } from 'node:util';

import { deepCopy, type IDataObject, type INode, type Workflow } from 'n8n-workflow';

import type { SavedWorkflow } from './savedWorkflow.mts';

/** A poll works on a copy of the cursor; it is written back when the poll ends well and changed it. */
export function durableCursor(workflow: Workflow, node: INode, saved: SavedWorkflow) {
	const staged = new AsyncLocalStorage<{ before: IDataObject; now: IDataObject }>();
	const current = () => {
		const cursor = staged.getStore();
		if (!cursor) throw new Error('Static data of the node was read outside of a poll');
		return cursor;
	};
	return {
		read: () => current().now,
		runPoll: async <T,>(poll: () => Promise<T>): Promise<T> => {
			const before = saved.cursorOf(node.name, workflow.getStaticData('node', node));
			return await staged.run({ before, now: deepCopy(before) }, poll);
		},
		commit: async () => {
			const { before, now } = current();
			if (!isDeepStrictEqual(before, now)) saved.saveCursor(node.name, now);
		},
	};
}
