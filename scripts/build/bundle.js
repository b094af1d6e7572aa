const { mkdir, writeFile } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const esbuild = require('esbuild');
const { writeLicenses } = require('./licenses.js');
const { DIST } = require('./steps.js');

/** What n8n loads: `n8n.nodes` and `n8n.credentials` of package.json, as their sources. */
function entries() {
	const { nodes, credentials } = require('../../package.json').n8n;
	return [...nodes, ...credentials].map((built) => ({
		built,
		source: relative(DIST, built).replace(/\.js$/, '.ts'),
		className: basename(built).split('.')[0],
	}));
}

/**
 * One bundle for the whole package, since the two nodes share the tracker of open calls, and a
 * bundle each would give each its own. The files that n8n loads only point at it.
 */
async function bundle() {
	const contents = entries()
		.map(({ className, source }) => `export { ${className} } from './${source}';`)
		.join('\n');
	const { metafile } = await esbuild.build({
		stdin: { contents, resolveDir: process.cwd() },
		bundle: true,
		outfile: join(DIST, 'package.js'),
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		minify: true,
		legalComments: 'none',
		external: ['n8n-workflow'],
		metafile: true,
		logLevel: 'warning',
	});
	await Promise.all(entries().map(writeEntry));
	await writeLicenses(metafile, join(DIST, 'licenses.txt'));
}

async function writeEntry({ built, className }) {
	const path = relative(dirname(built), join(DIST, 'package.js')).replaceAll('\\', '/');
	await mkdir(dirname(built), { recursive: true });
	await writeFile(built, `exports.${className} = require('${path}').${className};\n`);
}

module.exports = { bundle };
