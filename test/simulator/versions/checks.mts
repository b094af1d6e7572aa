import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { Refusal } from './apiVersion.mts';

type Body = Record<string, unknown>;

/** PolyAI's limit on the metadata's JSON in base64: less than 26 KB. */
const METADATA_LIMIT = 26 * 1024;

/** The body as an object with no other fields than the known ones, where they are given. */
export function readBody(body: unknown, known?: string[]): Body {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new Refusal(400, 'The body must be a JSON object', 'body');
	}
	const unknown = known && Object.keys(body).find((field) => !known.includes(field));
	if (unknown !== undefined) throw new Refusal(400, `${unknown} is not a known field`, unknown);
	return body as Body;
}

export function text(body: Body, field: string): string | undefined {
	const value = body[field];
	if (value === undefined || typeof value === 'string') return value;
	throw new Refusal(400, `${field} must be a string`, field);
}

export function oneOf(body: Body, field: string, allowed: readonly string[]): string | undefined {
	const value = text(body, field);
	if (value === undefined || allowed.includes(value)) return value;
	throw new Refusal(400, `${field} must be one of ${allowed.join(', ')}`, field);
}

export function required<T>(value: T | undefined, field: string): T {
	if (value === undefined) throw new Refusal(400, `${field} is required`, field);
	return value;
}

/** The number as E.164; national format only where `countryField` names the field that helps. */
export function phoneNumber(body: Body, field: string, countryField?: string): string {
	const number = required(text(body, field), field);
	const country = countryField && text(body, countryField);
	if (country !== undefined && !isSupportedCountry(country)) {
		throw new Refusal(400, `${countryField} must be an ISO 3166-1 alpha-2 code`, countryField);
	}
	const e164 = toE164(number, country);
	if (!e164) throw new Refusal(400, `${field} is not a valid phone number`, field);
	return e164;
}

/** Any number in the form of E.164 will do; a national one has to exist in its country. */
export function toE164(number: unknown, country?: unknown): string | undefined {
	if (typeof number !== 'string') return undefined;
	if (/^\+[1-9]\d{6,14}$/.test(number)) return number;
	if (typeof country !== 'string' || !isSupportedCountry(country)) return undefined;
	if (number.startsWith('+')) return undefined;
	const parsed = parsePhoneNumberFromString(number, country);
	return parsed?.isValid() ? parsed.number : undefined;
}

export function metadata(body: Body): Record<string, string> {
	const given = body.metadata ?? {};
	if (typeof given !== 'object' || Array.isArray(given)) {
		throw new Refusal(400, 'metadata must be an object', 'metadata');
	}
	const notText = Object.entries(given).find(([, value]) => typeof value !== 'string');
	if (notText) throw new Refusal(400, `metadata.${notText[0]} must be a string`, 'metadata');
	if (Buffer.from(JSON.stringify(given)).toString('base64').length >= METADATA_LIMIT) {
		throw new Refusal(400, 'metadata is too large: 26 KB at most, in base64', 'metadata');
	}
	return given as Record<string, string>;
}
