import { n8nUrlOf } from '../../../nodes/shared/dataTables/n8nUrl.ts';
import { explainRefusal } from '../../../nodes/shared/dataTables/explainRefusal.ts';
import { createTable, findTable } from '../../../nodes/shared/dataTables/tables.ts';
import { CALL_LOG, COLUMNS } from '../../../nodes/shared/callLog/logRow.ts';
import { NoAnswer } from '../../../nodes/shared/http/transport.ts';
import { answer, scriptedSender } from '../../support/unit/sender.mts';

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
		expect(n8nUrlOf({ baseUrl: given }, 'http://not-asked')).toBe(url);
	});

	test('may be left out where n8n knows its own', () => {
		for (const baseUrl of ['', '  ', undefined]) {
			expect(n8nUrlOf({ baseUrl }, 'http://localhost:5678/')).toBe('http://localhost:5678');
		}
	});

	test('that n8n gives for itself is refused where the API key would travel readable', () => {
		expect(() => n8nUrlOf({}, 'http://n8n.example.com/')).toThrow(
			'The address that n8n gives for itself cannot be used',
		);
	});

	test.each([
		'n8n',
		'n8n.example.com',
		'http://n8n.example.com',
		'https://me:secret@n8n.example.com',
	])('%j is refused in words', (baseUrl) => {
		expect(() => n8nUrlOf({ baseUrl }, 'http://localhost:5678')).toThrow(
			'The base URL in the PolyAI Data Tables API credential cannot be used',
		);
	});
});

test.each([
	[answer(401), 'unauthorized', 'refused the API key'],
	[answer(403), 'unauthorized', 'lacks the scope dataTableRow:create'],
	[answer(404, { message: 'Could not find the data table: x' }), 'notFound', 'does not know'],
	[answer(404, '<html>'), 'notFound', 'no n8n with data tables at http://n8n'],
	[answer(404, { message: 'not found' }), 'notFound', 'no n8n with data tables at http://n8n'],
	[answer(200, '<html>'), 'notFound', 'There is no n8n'],
	[answer(302), 'notFound', 'There is no n8n'],
	[answer(400, { message: "unknown column name 'reason'" }), 'badRequest', "name 'reason'"],
	[
		answer(400, { message: 'Data table size limit exceeded: 201MB used, limit is 200MB' }),
		'badRequest',
		'are full: Data table size limit exceeded: 201MB used, limit is 200MB',
	],
	[answer(429), 'rateLimited', 'rate limit'],
	[answer(503), 'serverError', "couldn't process"],
	[new NoAnswer(false, 'refused'), 'unreachable', 'could not be reached at http://n8n'],
])('what n8n says of a data table is said in words: %j', (result, code, words) => {
	const asked = { baseUrl: 'http://n8n', right: 'dataTableRow:create' } as const;
	const error = explainRefusal(result, asked);
	expect(error.code).toBe(code);
	expect(error.message).toContain(words);
	expect(error.message + error.details.description).toMatch(/data tables?/i);
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
		return await findTable({ baseUrl: 'http://n8n', sender }, CALL_LOG, { mode, value });
	};

	test.each([
		['id', 'one'],
		['name', ' calls '],
		['any', 'one'],
		['any', 'Calls'],
	] as const)('is found by %s: %j', async (mode, value) => {
		expect(await find(mode, value)).toMatchObject({ id: 'one' });
	});

	test('is none yet where the name is new', async () => {
		expect(await find('name', 'PolyAI calls')).toBeUndefined();
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

describe('a table that is made by its name', () => {
	const columns = COLUMNS.map((name) => ({ name }));

	/** An n8n in which a table may be made by somebody else just before ours. */
	function n8nWith(tables: object[], isRace = false) {
		const sender = scriptedSender(({ method, body }) => {
			if (method === 'GET') return answer(200, { data: [...tables], nextCursor: null });
			if (isRace && tables.length === 0) {
				tables.push({ id: 'theirs', name: (body as { name: string }).name, columns });
				return answer(409, { message: 'A data table with this name already exists' });
			}
			return answer(201, { id: 'new', ...body });
		});
		return { baseUrl: 'http://n8n', sender };
	}

	test('has all columns as texts', async () => {
		const api = n8nWith([]);
		expect(await createTable(api, CALL_LOG, ' PolyAI calls ')).toMatchObject({ id: 'new' });
		expect(api.sender.sent.at(-1)?.body).toEqual({
			name: 'PolyAI calls',
			columns: COLUMNS.map((name) => ({ name, type: 'string' })),
		});
	});

	test('is not made where there is one', async () => {
		const api = n8nWith([{ id: 'old', name: 'polyai calls', columns }]);
		expect(await createTable(api, CALL_LOG, 'PolyAI calls')).toMatchObject({ id: 'old' });
		expect(api.sender.sent.map(({ method }) => method)).toEqual(['GET']);
	});

	test('is the one of somebody who was a moment faster', async () => {
		expect(await createTable(n8nWith([], true), CALL_LOG, 'Calls')).toMatchObject({ id: 'theirs' });
	});

	test('is refused in words where the key may not make one', async () => {
		const sender = scriptedSender(({ method }) => {
			return method === 'GET' ? answer(200, { data: [] }) : answer(403, { message: 'Forbidden' });
		});
		await expect(createTable({ baseUrl: 'http://n8n', sender }, CALL_LOG, 'Calls')).rejects.toThrow(
			'lacks the scope dataTable:create',
		);
	});
});
