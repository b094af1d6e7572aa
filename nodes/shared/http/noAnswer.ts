import { isRecord } from '../isRecord';
import { NoAnswer } from './transport';

type Reason = NoAnswer['why'];

/** Codes of Node.js (`errors`, `dns`, `tls`) that occur while connecting: nothing was sent yet. */
const BEFORE_SENDING: Record<string, Reason> = {
	ECONNREFUSED: 'refused',
	ERR_INVALID_URL: 'network',
	ENOTFOUND: 'nameNotFound',
	EAI_AGAIN: 'nameNotFound',
	EAI_FAIL: 'nameNotFound',
	EAI_NODATA: 'nameNotFound',
	CERT_HAS_EXPIRED: 'tls',
	CERT_NOT_YET_VALID: 'tls',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
	SELF_SIGNED_CERT_IN_CHAIN: 'tls',
	UNABLE_TO_GET_ISSUER_CERT: 'tls',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
	ERR_TLS_CERT_ALTNAME_INVALID: 'tls',
};

/** Codes that an open connection may also end with; only Node's `syscall` tells the difference. */
const AT_ANY_TIME: Record<string, Reason> = {
	EHOSTUNREACH: 'network',
	ENETUNREACH: 'network',
	EADDRNOTAVAIL: 'network',
	ECONNABORTED: 'timeout',
	ETIMEDOUT: 'timeout',
	ESOCKETTIMEDOUT: 'timeout',
	ERR_CANCELED: 'timeout',
	ECONNRESET: 'reset',
	EPIPE: 'reset',
	ERR_STREAM_PREMATURE_CLOSE: 'reset',
	ERR_BAD_RESPONSE: 'reset',
};

/** How deep n8n and axios wrap the error of the socket. */
const LONGEST_CHAIN = 6;

/**
 * What an HTTP error says about whether the request left this machine. Unless it's known to happen
 * before sending, the request counts as sent (docs/design.md § 3, promise 1).
 */
export function noAnswerFrom(error: unknown): NoAnswer {
	const links = chainOf(error);
	for (const { code, isConnecting, message } of links) {
		const reason = BEFORE_SENDING[code];
		if (reason) return new NoAnswer(false, reason);
		if (isConnecting) return new NoAnswer(false, AT_ANY_TIME[code] ?? 'network');
		if (/wrong version number/i.test(message)) return new NoAnswer(false, 'tls');
	}
	const known = links.find(({ code }) => code in AT_ANY_TIME);
	return new NoAnswer(true, (known && AT_ANY_TIME[known.code]) ?? 'network');
}

function chainOf(error: unknown) {
	const links: Array<{ code: string; isConnecting: boolean; message: string }> = [];
	let link: unknown = error;
	while (typeof link === 'object' && link !== null && links.length < LONGEST_CHAIN) {
		const { code, message, cause } = link as Record<string, unknown>;
		const isConnecting = arisesWhileConnecting(link);
		links.push({ code: textOf(code), isConnecting, message: textOf(message) });
		link = cause;
	}
	return links;
}

/** For a host with several addresses, Node reports an error that contains one for each address. */
function arisesWhileConnecting(error: unknown): boolean {
	const { syscall, errors } = error as { syscall?: unknown; errors?: unknown };
	const parts = Array.isArray(errors) && errors.length > 0 ? errors : [{ syscall }];
	return parts.every((part) => isRecord(part) && part.syscall === 'connect');
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
