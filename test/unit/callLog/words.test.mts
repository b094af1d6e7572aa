import { n8nUrlOf } from '../../../nodes/shared/callLog/n8nUrl.ts';
import { explainRefusal } from '../../../nodes/shared/callLog/explainRefusal.ts';
import { findTable } from '../../../nodes/shared/callLog/logTables.ts';
import { COLUMNS } from '../../../nodes/shared/callLog/logRow.ts';
import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import { answer, scriptedSender } from '../support/sender.mts';

describe('the address of n8n, as people copy it', () => {
	test.each([
		['https://n8n.example.com', 'https://n8n.example.com'],
		['https://n8n.example.com/', 'https://n8n.example.com'],
		[' https://n8n.example.com/api/v1 ', 'https://n8n.example.com'],
		['https://example.com/n8n/api/v1/', 'https://example.com/n8n'],
		['http://localhost:5678', 'http://localhost:5678'],
		['http://n8n:5678', 'http://n8n:5678'],
		['http://192.168.1.5:5678/', 'http://192.168.1.5:5678'],
		['http://n8n.local:5678', 'http://n8n.local:5678'],
	])('%j', (given, url) => {
		expect(n8nUrlOf({ baseUrl: given })).toBe(url);
	});

	test.each(['', 'n8n.example.com', 'http://n8n.example.com', 'https://me:secret@n8n.example.com'])(
		'%j is refused in words',
		(baseUrl) => {
			expect(() => n8nUrlOf({ baseUrl })).toThrow('cannot be used');
		},
	);
});

test.each([
	[answer(401), 'unauthorized', 'refused the API key'],
	[answer(403), 'unauthorized', 'may not do this'],
	[answer(404, { message: 'Could not find the data table: x' }), 'notFound', 'does not know'],
	[answer(404, '<html>'), 'notFound', 'There is no n8n'],
	[answer(200, '<html>'), 'notFound', 'There is no n8n'],
	[answer(302), 'notFound', 'There is no n8n'],
	[answer(400, { message: "unknown column name 'reason'" }), 'badRequest', "name 'reason'"],
	[answer(429), 'rateLimited', 'too many requests'],
	[answer(503), 'serverError', 'problem of its own'],
	[new NoAnswer(false, 'refused'), 'unreachable', 'could not be reached'],
])('what n8n says of the call log is said in words: %j', (result, code, words) => {
	const error = explainRefusal(result);
	expect(error.code).toBe(code);
	expect(error.message).toContain(words);
	expect(error.message + error.details.description).toContain('call log');
	expect(error.details.description).toBeTruthy();
});

describe('the table that a person has chosen', () => {
	const columns = COLUMNS.map((name) => ({ name }));
	const tables = [
		{ id: 'one', name: 'Calls', columns },
		{ id: 'two', name: 'Twice', columns },
		{ id: 'three', name: 'twice', columns },
		{ id: 'four', name: 'Poor', columns: columns.slice(2) },
	];
	const find = async (mode: 'id' | 'name' | 'any', value: string) => {
		const sender = scriptedSender(() => answer(200, { data: tables, nextCursor: null }));
		return await findTable({ baseUrl: 'http://n8n', sender }, { mode, value });
	};

	test.each([
		['id', 'one'],
		['name', ' calls '],
		['any', 'one'],
		['any', 'Calls'],
	] as const)('is found by %s: %j', async (mode, value) => {
		expect(await find(mode, value)).toMatchObject({ id: 'one' });
	});

	test.each([
		['any', '', 'No data table is chosen'],
		['id', 'Calls', 'no data table “Calls”'],
		['name', 'Twice', '2 data tables named “Twice”'],
		['name', 'poor', 'lacks columns of a call log: callSid, status'],
	] as const)('or it is said why not: %s %j', async (mode, value, words) => {
		await expect(find(mode, value)).rejects.toThrow(words);
	});
});
