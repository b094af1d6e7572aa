import { noAnswerFrom } from '../../../nodes/shared/http/noAnswer.ts';

/** As n8n hands an error of the network over: wrapped by itself and by axios. */
function wrapped(code: string, details: { message?: string; syscall?: string } = {}) {
	const socket = Object.assign(new Error(details.message ?? code), { code, ...details });
	const axios = Object.assign(new Error(details.message ?? code, { cause: socket }), { code });
	return new Error('The service refused the connection', { cause: axios });
}

test.each([
	['ECONNREFUSED', {}, 'refused'],
	['ENOTFOUND', {}, 'nameNotFound'],
	['EAI_AGAIN', {}, 'nameNotFound'],
	['EHOSTUNREACH', {}, 'network'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', {}, 'tls'],
	['CERT_HAS_EXPIRED', {}, 'tls'],
	['EPROTO', { message: 'write EPROTO: wrong version number' }, 'tls'],
	['ETIMEDOUT', { syscall: 'connect' }, 'timeout'],
])('%s %j: the request never left', (code, details, why) => {
	expect(noAnswerFrom(wrapped(code, details))).toMatchObject({ sent: false, why });
});

test.each([
	['ECONNABORTED', {}, 'timeout'],
	['ETIMEDOUT', { syscall: 'read' }, 'timeout'],
	['ECONNRESET', { syscall: 'read' }, 'reset'],
	['EPIPE', {}, 'reset'],
	['ERR_BAD_RESPONSE', {}, 'reset'],
	['HPE_INVALID_CONSTANT', {}, 'network'],
	['SOMETHING_NEW', {}, 'network'],
])('%s %j: the request may have arrived', (code, details, why) => {
	expect(noAnswerFrom(wrapped(code, details))).toMatchObject({ sent: true, why });
});

test.each([undefined, null, 'text', new Error('no code')])('%p counts as sent', (error) => {
	expect(noAnswerFrom(error)).toMatchObject({ sent: true });
});
