import type { INodeProperties } from 'n8n-workflow';

/**
 * What a language model reads when the node is an AI agent's tool. n8n's own description would only
 * be "Trigger call in PolyAI Outbound".
 */
export function toolDescriptionField(text: string): INodeProperties {
	return {
		displayName: 'Description',
		name: 'toolDescription',
		type: 'string',
		typeOptions: { rows: 5 },
		default: text,
		description: 'Explain to the AI model what this tool does and when to use it',
		displayOptions: { show: { '@tool': [true] } },
	};
}

/**
 * A field that the model fills in unless the user decides otherwise. All other fields are the
 * user's, so that no model can widen its own limits.
 *
 * @param told tells the model about the value
 */
export function filledInByModel(field: INodeProperties, told: string): INodeProperties[] {
	const key = field.displayName.replaceAll(' ', '_');
	// The comment is how n8n's editor knows a value that it shows as "Defined automatically by the model".
	const byModel = `={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`${told}\`, 'string') }}`;
	return [
		{ ...field, displayOptions: { hide: { '@tool': [true] } } },
		{ ...field, default: byModel, displayOptions: { show: { '@tool': [true] } } },
	];
}
