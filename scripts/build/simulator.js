const { mkdir, readFile, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
const esbuild = require('esbuild');
const { name, version } = require('../../package.json');
const { licensesOf } = require('./licenses.js');

const NAME = 'polyai-simulator.mjs';

const TITLE = `// The PolyAI simulator of ${name} ${version}. The licenses are at the end.`;

/** Ignored by git, and not in the npm package. */
const FOLDER = '.cache/simulator';

/** The simulator as one file that needs nothing but Node, for people who don't have this repository. */
async function bundleSimulator(folder) {
	const { metafile, outputFiles } = await esbuild.build({
		entryPoints: ['test/simulator/cli.mts'],
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
	});
	await mkdir(folder, { recursive: true });
	const path = join(folder, NAME);
	await writeFile(path, `${TITLE}\n${outputFiles[0].text}\n${await notice(metafile)}`);
	return path;
}

/** A comment: there is no other file in which the licenses could be. */
async function notice(metafile) {
	const own = await readFile('LICENSE', 'utf8');
	const text = `${own}\nIt contains:\n\n${await licensesOf(metafile)}`;
	if (text.includes('*/')) throw new Error('A license would end the comment that it is in');
	return `/*!\n${text.trim()}\n*/\n`;
}

bundleSimulator(process.argv[2] ?? FOLDER).then(
	(path) => console.log(path),
	(error) => {
		console.error(error);
		process.exitCode = 1;
	},
);
