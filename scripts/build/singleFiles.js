const { mkdir, readdir, readFile, writeFile } = require('node:fs/promises');
const { dirname, join } = require('node:path');
const esbuild = require('esbuild');
const { name, version } = require('../../package.json');
const { licensesOf } = require('./licenses.js');

/** Programs as one file each that needs nothing but Node, for people who don't have this repository. */
const PROGRAMS = {
	'polyai-simulator.mjs': { entry: 'test/simulator/cli.mts', what: 'The PolyAI simulator' },
	'polyai-live.mjs': { entry: 'scripts/live/live.mts', what: 'First contact with the real PolyAI' },
};

/** There is no folder with PolyAI's descriptions beside a single file: their texts are in it. */
const descriptions = {
	name: 'descriptions',
	setup({ onLoad }) {
		onLoad({ filter: /readDescription\.mts$/ }, async ({ path }) => {
			const folder = dirname(path);
			const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml'));
			const texts = files.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]);
			const all = JSON.stringify(Object.fromEntries(await Promise.all(texts)));
			return {
				contents: `const all = ${all}; export const readDescription = (name) => all[name];`,
			};
		});
	},
};

/** Ignored by git, and not in the npm package. */
const FOLDER = '.cache/single-files';

async function build(file, folder) {
	const { entry, what } = PROGRAMS[file];
	const { metafile, outputFiles } = await esbuild.build({
		entryPoints: [entry],
		bundle: true,
		write: false,
		outdir: folder,
		platform: 'node',
		format: 'esm',
		target: 'node20.19',
		minify: true,
		legalComments: 'none',
		metafile: true,
		logLevel: 'warning',
		plugins: [descriptions],
		// Some libraries still ask for each other as CommonJS does.
		banner: {
			js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
		},
	});
	await mkdir(folder, { recursive: true });
	const title = `// ${what}, of ${name} ${version}. The licenses are at the end.`;
	const path = join(folder, file);
	await writeFile(path, `${title}\n${outputFiles[0].text}\n${await notice(metafile)}`);
	return path;
}

/** A comment: there is no other file in which the licenses could be. */
async function notice(metafile) {
	const own = await readFile('LICENSE', 'utf8');
	const text = `${own}\nIt contains:\n\n${await licensesOf(metafile)}`;
	if (text.includes('*/')) throw new Error('A license would end the comment that it is in');
	return `/*!\n${text.trim()}\n*/\n`;
}

async function buildAll(folder) {
	for (const file of Object.keys(PROGRAMS)) console.log(await build(file, folder));
}

buildAll(process.argv[2] ?? FOLDER).catch((error) => {
	console.error(error);
	process.exitCode = 1;
});
