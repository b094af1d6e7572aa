import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { badRequest } from '../shared/errors/badRequest';

/** One entry of the collection `options`: how it looks, and how it is read. */
export interface Option<Value> {
	field: INodeProperties;
	/** @param options the collection; options that weren't added are absent */
	read(options: IDataObject): Value;
}

interface NumberDefinition {
	displayName: string;
	name: string;
	description: string;
	default: number;
	min: number;
	max: number;
}

/**
 * A number within bounds. Anything else, which an expression may return, is refused with the
 * reason.
 */
export function numberOption(definition: NumberDefinition): Option<number> {
	const { min, max, default: fallback, displayName, name, description } = definition;
	return {
		field: {
			displayName,
			name,
			type: 'number',
			default: fallback,
			typeOptions: { minValue: min, maxValue: max },
			description,
		},
		read(options) {
			const given = options[name] ?? fallback;
			const value = given === '' ? fallback : Number(given);
			if (value >= min && value <= max) return value;
			throw badRequest.noNumber({ field: displayName, min, max });
		},
	};
}

/** On or off; an expression that reads a spreadsheet may return the word instead. */
export function switchOption(
	definition: Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'displayOptions'> & {
		default: boolean;
	},
): Option<boolean> {
	const { displayName, name, default: fallback } = definition;
	return {
		field: { ...definition, type: 'boolean' },
		read(options) {
			const given = options[name] ?? '';
			const word = String(given).trim().toLowerCase();
			if (word === '') return fallback;
			if (word === 'true' || word === 'false') return word === 'true';
			throw badRequest.noSwitch({ field: displayName });
		},
	};
}

/** One of several words. */
export function choiceOption<Word extends string>(
	definition: Pick<INodeProperties, 'displayName' | 'name' | 'description'> & {
		options: Array<{ name: string; value: Word; description?: string }>;
		default: Word;
	},
): Option<Word> {
	const { displayName, name, default: fallback, options: choices } = definition;
	return {
		field: { ...definition, type: 'options' },
		read(options) {
			const given = options[name] ?? fallback;
			const chosen = choices.find(({ value }) => value === given);
			if (chosen) return chosen.value;
			const words = choices.map(({ value }) => value).join(', ');
			throw badRequest.noChoice({ field: displayName, choices: words });
		},
	};
}
