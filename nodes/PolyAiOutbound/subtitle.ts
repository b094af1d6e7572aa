import { resources, operations } from './operations';

const titles = Object.fromEntries(
	operations.map(({ resource, value, name }) => {
		const title = resources.find((one) => one.value === resource)?.name;
		return [`${resource} ${value}`, `${title}: ${name}`];
	}),
);

/** Under the node on the canvas. It isn't the action's sentence, after which n8n names a new node. */
export const subtitle = `={{ (${JSON.stringify(titles)})[$parameter.resource + " " + $parameter.operation] }}`;
