import { isRecord } from './isRecord';

/** The text of a value; an AI Agent may pass an object that contains only the value. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value === 'number' || typeof value === 'bigint') return String(value);
	if (!isRecord(value)) return '';
	const parts = Object.values(value);
	return parts.length === 1 && !isRecord(parts[0]) ? textOf(parts[0]) : '';
}
