import { badRequest } from '../errors/badRequest';
import { isRecord } from '../isRecord';
import { parseJson } from '../parseJson';
import { metadataValue } from './metadataValue';

/** PolyAI accepts less than 26 KB, in base64 (docs/polyai-api.md § 1). */
const LIMIT_KB = 26;

/** It reaches the voice agent as a SIP header (docs/polyai-api.md § 2). */
const NAME = /^[A-Za-z0-9_-]+$/;

export type MetadataEntry = [name: unknown, value: unknown];

/**
 * What is sent with a call for the voice agent; undefined if there is nothing.
 *
 * @throws CallError `badRequest` for what PolyAI would refuse or its agent would never see
 */
export function readMetadata(
	entries: readonly MetadataEntry[],
): Record<string, string> | undefined {
	const metadata = new Map<string, string>();
	const names = new Set<string>();
	for (const [given, value] of entries) {
		const name = String(given ?? '').trim();
		if (name === '' && (value ?? '') === '') continue;
		checkName(name, names);
		names.add(name);
		const text = metadataValue(name, value);
		if (text !== undefined) metadata.set(name, text);
	}
	if (metadata.size === 0) return undefined;
	const result = Object.fromEntries(metadata);
	checkSize(result);
	return result;
}

/**
 * The names and values of a JSON object, given as text or by an expression.
 *
 * @throws CallError `badRequest` if it isn't one
 */
export function entriesOfJson(given: unknown): MetadataEntry[] {
	const isEmpty = typeof given === 'string' && given.trim() === '';
	if (given === undefined || given === null || isEmpty) return [];
	const object = typeof given === 'string' ? parseJson(given) : given;
	if (isRecord(object)) return Object.entries(object);
	throw object === undefined ? badRequest.metadataIsNoJson() : badRequest.metadataIsNoJsonObject();
}

function checkName(name: string, taken: ReadonlySet<string>): void {
	if (name === '') throw badRequest.metadataWithoutName();
	if (!NAME.test(name)) throw badRequest.metadataName({ name });
	if (taken.has(name)) throw badRequest.metadataNameTwice({ name });
}

function checkSize(metadata: Record<string, string>): void {
	const bytes = new TextEncoder().encode(JSON.stringify(metadata)).length;
	const kilobytes = (Math.ceil(bytes / 3) * 4) / 1024;
	if (kilobytes < LIMIT_KB) return;
	const size = Math.ceil(kilobytes * 10) / 10;
	throw badRequest.metadataTooLarge({ limit: LIMIT_KB, size });
}
