import { operations } from './operations';

const sentences = Object.fromEntries(
	operations.map(({ resource, value, action }) => [`${resource} ${value}`, action]),
);

/** Under the node on the canvas: what it does, in the words of the node panel. */
export const subtitle = `={{ (${JSON.stringify(sentences)})[$parameter.resource + " " + $parameter.operation] }}`;
