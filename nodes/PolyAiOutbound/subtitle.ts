import { resources, operations } from './operations';

const titles = Object.fromEntries(
	operations.map(({ resource, value, name }) => {
		const title = resources.find((one) => one.value === resource)?.name;
		return [`${resource} ${value}`, `${title}: ${name}`];
	}),
);

/**
 * Shown below the node on the canvas. It differs from the action, which n8n uses to name a new
 * node.
 */
export const subtitle = `={{ (${JSON.stringify(titles)})[$parameter.resource + " " + $parameter.operation] }}`;
