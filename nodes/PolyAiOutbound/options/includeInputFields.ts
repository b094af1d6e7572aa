import type { IExecuteFunctions } from 'n8n-workflow';
import { switchOption } from '../../n8n/option';

export const includeInputFields = switchOption({
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	default: false,
	description:
		'Whether to add the fields of the input item to the output. If both have a field with the same name, the one from this node is kept. Default: off.',
});

/** @throws CallError `badRequest` when an expression gives neither true nor false */
export function readIncludeInputFields(context: IExecuteFunctions, item: number): boolean {
	const { name } = includeInputFields.field;
	// Read alone: most people never add it, and every reading of the whole collection takes time.
	return includeInputFields.read({ [name]: context.getNodeParameter(`options.${name}`, item, '') });
}
