import { contentProblems, type Manifest } from '../../../scripts/release/contents.mts';

const manifest: Manifest = {
	main: 'index.js',
	n8n: {
		nodes: ['dist/nodes/PolyAiOutbound/PolyAiOutbound.node.js'],
		credentials: ['dist/credentials/PolyAiApi.credentials.js'],
	},
};
const files = [
	'LICENSE',
	'README.md',
	'dist/credentials/PolyAiApi.credentials.js',
	'dist/icons/polyai.dark.svg',
	'dist/icons/polyai.svg',
	'dist/licenses.txt',
	'dist/nodes/PolyAiOutbound/PolyAiOutbound.node.js',
	'dist/nodes/PolyAiOutbound/PolyAiOutbound.node.json',
	'dist/nodes/PolyAiOutbound/__schema__/v1.0.0/call/trigger.json',
	'dist/package.js',
	'index.js',
	'package.json',
];

test('the tarball as it should be', () => {
	expect(contentProblems(files, manifest)).toEqual([]);
});

test.each([
	'.env',
	'.npmrc',
	'dist/nodes/PolyAiOutbound/PolyAiOutbound.node.ts',
	'dist/package.js.map',
	'examples/spreadsheet-reminders.json',
	'nodes/PolyAiOutbound/PolyAiOutbound.node.ts',
	'test/simulator/server.mts',
])('%s stops a release', (file) => {
	expect(contentProblems([...files, file], manifest)).toEqual([
		`${file} does not belong into the package`,
	]);
});

test.each(files.filter((file) => !/svg$|schema|dist\/package\.js/.test(file)))(
	'a tarball without %s stops a release',
	(file) => {
		const rest = files.filter((other) => other !== file);
		expect(contentProblems(rest, manifest)).toEqual([`${file} is missing`]);
	},
);
