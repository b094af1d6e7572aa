import { noAnswerFrom } from '../../../nodes/shared/http/noAnswer.ts';

interface Socket {
	message?: string;
	syscall?: string;
	errors?: Array<{ code: string; syscall: string } | null>;
}

/** As n8n hands an error of the network over: wrapped by axios, and by n8n in a NodeApiError. */
function wrapped(code: string, socket?: Socket, httpCode = code): Error {
	const inner = socket && Object.assign(new Error(socket.message ?? code), { code, ...socket });
	const axios = Object.assign(new Error(socket?.message ?? code, { cause: inner }), { code });
	const canned = 'The connection was aborted, perhaps the server is offline';
	return Object.assign(new Error(canned, { cause: axios }), { httpCode });
}

const connect = { syscall: 'connect' };
const read = { syscall: 'read' };

test.each<[string, string, Socket | undefined, string]>([
	['refused', 'ECONNREFUSED', connect, 'refused'],
	['the host’s name does not exist', 'ENOTFOUND', { syscall: 'getaddrinfo' }, 'nameNotFound'],
	['the name server does not answer', 'EAI_AGAIN', { syscall: 'getaddrinfo' }, 'nameNotFound'],
	['certificate self-signed', 'DEPTH_ZERO_SELF_SIGNED_CERT', {}, 'tls'],
	['certificate too old', 'CERT_HAS_EXPIRED', {}, 'tls'],
	['certificate of another host', 'ERR_TLS_CERT_ALTNAME_INVALID', {}, 'tls'],
	[
		'TLS to a server without TLS',
		'EPROTO',
		{ syscall: 'write', message: 'write EPROTO 00:error:SSL routines:\nwrong version number:\n' },
		'tls',
	],
	['reset while connecting', 'ECONNRESET', connect, 'reset'],
	['timeout while connecting', 'ETIMEDOUT', connect, 'timeout'],
	['no way to the host', 'EHOSTUNREACH', connect, 'network'],
	['no network', 'ENETUNREACH', connect, 'network'],
	['no local address left', 'EADDRNOTAVAIL', connect, 'network'],
	['the address is malformed', 'ERR_INVALID_URL', undefined, 'network'],
	[
		'every address of the host refused',
		'ECONNREFUSED',
		{
			errors: [
				{ code: 'ECONNREFUSED', ...connect },
				{ code: 'ENETUNREACH', ...connect },
			],
		},
		'refused',
	],
	[
		'no address of the host answered',
		'ETIMEDOUT',
		{
			errors: [
				{ code: 'ETIMEDOUT', ...connect },
				{ code: 'ENETUNREACH', ...connect },
			],
		},
		'timeout',
	],
])('%s: the request certainly never left', (_, code, socket, why) => {
	expect(noAnswerFrom(wrapped(code, socket))).toMatchObject({ sent: false, why });
});

test.each<[string, string, Socket | undefined, string]>([
	['timeout after sending', 'ECONNABORTED', undefined, 'timeout'],
	['TLS handshake never answered (looks the same)', 'ECONNABORTED', undefined, 'timeout'],
	['the body stalls', 'ECONNABORTED', undefined, 'timeout'],
	['the open connection timed out', 'ETIMEDOUT', read, 'timeout'],
	['reset after sending, or in the TLS handshake', 'ECONNRESET', read, 'reset'],
	['closed without an answer', 'ECONNRESET', { message: 'socket hang up' }, 'reset'],
	['broken while writing', 'EPIPE', { syscall: 'write' }, 'reset'],
	['the way to the host broke later', 'EHOSTUNREACH', read, 'network'],
	['the network went away later', 'ENETUNREACH', read, 'network'],
	['TLS breaks later', 'EPROTO', { message: 'bad record mac' }, 'network'],
	['the answer is not HTTP', 'HPE_INVALID_CONSTANT', {}, 'network'],
	['cut by Stop', 'ERR_CANCELED', undefined, 'timeout'],
	['a code of tomorrow', 'SOMETHING_NEW', {}, 'network'],
	['a list of errors of which one is unclear', 'ECONNRESET', { errors: [null] }, 'reset'],
	[
		'a list of errors of which one came later',
		'ETIMEDOUT',
		{
			errors: [
				{ code: 'ETIMEDOUT', ...connect },
				{ code: 'ETIMEDOUT', ...read },
			],
		},
		'timeout',
	],
])('%s: the request may have arrived', (_, code, socket, why) => {
	expect(noAnswerFrom(wrapped(code, socket))).toMatchObject({ sent: true, why });
});

test('a truncated answer may have arrived, although n8n calls it 200', () => {
	const error = wrapped('ERR_BAD_RESPONSE', { message: 'stream has been aborted' }, '200');
	expect(noAnswerFrom(error)).toMatchObject({ sent: true, why: 'reset' });
});

test.each([undefined, null, 'text', 42, new Error('no code'), {}])('%p counts as sent', (error) => {
	expect(noAnswerFrom(error)).toMatchObject({ sent: true });
});

test('an error that is its own cause is no trap', () => {
	const error: Error = new Error('round and round');
	error.cause = error;
	expect(noAnswerFrom(error)).toMatchObject({ sent: true });
});
