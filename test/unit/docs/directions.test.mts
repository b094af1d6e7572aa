import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

type Imports = ReadonlyMap<string, readonly string[]>;

const files = ['credentials', 'nodes'].flatMap((folder) => ts.sys.readDirectory(folder, ['.ts']));

const imports: Imports = new Map(files.map((file) => [file, importsOf(file)]));

/** Files as paths from the top of the repository, packages by their names. */
function importsOf(file: string): string[] {
	const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
	return importedFiles.map(({ fileName }) => {
		if (!fileName.startsWith('.')) return fileName;
		const path = join(dirname(file), fileName);
		return existsSync(`${path}.ts`) ? `${path}.ts` : path;
	});
}

/** Bundled into the package; they know nobody. */
const LIBRARIES = ['jssha/', 'libphonenumber-js/', 'p-limit'];

/** Who may know whom, as CONTRIBUTING says it; every room knows itself. */
const KNOWS: Record<string, string[]> = {
	'credentials/': ['nodes/n8n/', 'nodes/shared/', 'n8n-workflow'],
	'nodes/PolyAiOutbound/': ['nodes/n8n/', 'nodes/shared/', 'n8n-workflow', ...LIBRARIES],
	'nodes/PolyAiOutboundTrigger/': ['nodes/n8n/', 'nodes/shared/', 'n8n-workflow', ...LIBRARIES],
	'nodes/n8n/': ['nodes/shared/', 'n8n-workflow', ...LIBRARIES],
	'nodes/shared/': LIBRARIES,
	'nodes/shared/http/': [
		...['nodes/shared/isRecord.ts', 'nodes/shared/errors/timedOut.ts', 'nodes/shared/time/'],
		'p-limit',
	],
};

function strangersIn(room: string, among: Imports): string[] {
	const known = [room, ...(KNOWS[room] ?? [])];
	return [...among]
		.filter(([file]) => file.startsWith(room))
		.flatMap(([file, imported]) => imported.map((one) => ({ file, one })))
		.filter(({ one }) => !known.some((name) => one.startsWith(name)))
		.map(({ file, one }) => `${file} imports ${one}`);
}

/** Files that import each other in a circle, types included. */
function circlesIn(among: Imports): string[] {
	const circles: string[] = [];
	const done = new Set<string>();
	const visit = (file: string, path: readonly string[]): void => {
		if (path.includes(file)) {
			circles.push([...path.slice(path.indexOf(file)), file].join(' > '));
			return;
		}
		if (done.has(file)) return;
		for (const next of among.get(file) ?? []) visit(next, [...path, file]);
		done.add(file);
	};
	for (const file of among.keys()) visit(file, []);
	return circles;
}

test('every source is in a room', () => {
	const rooms = Object.keys(KNOWS);
	expect(files.length).toBeGreaterThan(100);
	expect(files.filter((file) => !rooms.some((room) => file.startsWith(room)))).toEqual([]);
});

test.each(Object.keys(KNOWS))('%s imports only whom it may know', (room) => {
	expect(strangersIn(room, imports)).toEqual([]);
});

test('no files import each other in a circle', () => {
	expect(circlesIn(imports)).toEqual([]);
});

describe('what breaks a rule is found', () => {
	test.each([
		['nodes/shared/clock.ts', 'n8n-workflow'],
		['nodes/shared/clock.ts', 'nodes/n8n/wallClock.ts'],
		['nodes/shared/http/transport.ts', 'nodes/shared/polyai/account.ts'],
		['nodes/n8n/option.ts', 'nodes/PolyAiOutbound/operation.ts'],
		['nodes/PolyAiOutboundTrigger/poll.ts', 'nodes/PolyAiOutbound/operation.ts'],
		['nodes/PolyAiOutbound/operation.ts', 'nodes/PolyAiOutboundTrigger/poll.ts'],
	])('%s importing %s', (file, imported) => {
		const room = Object.keys(KNOWS).findLast((one) => file.startsWith(one)) ?? '';
		expect(strangersIn(room, new Map([[file, [imported]]]))).toEqual([
			`${file} imports ${imported}`,
		]);
	});

	test('a circle of three', () => {
		const circle = new Map([
			['start.ts', ['a.ts']],
			['a.ts', ['b.ts']],
			['b.ts', ['c.ts']],
			['c.ts', ['a.ts']],
		]);
		expect(circlesIn(circle)).toEqual(['a.ts > b.ts > c.ts > a.ts']);
	});
});
