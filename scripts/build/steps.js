const { execFileSync } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, src } = require('gulp');

const DIST = 'dist';

async function clean() {
	await rm(DIST, { recursive: true, force: true });
}

async function checkTypes() {
	execFileSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json'], {
		stdio: 'inherit',
	});
}

function copyIcons() {
	return src('icons/*.svg', { encoding: false }).pipe(dest(`${DIST}/icons`));
}

/** Codex files and output schemas lie beside the node that they belong to. */
function copyBeside() {
	return src(['nodes/*/*.node.json', 'nodes/*/__schema__/**/*.json'], { base: '.' }).pipe(
		dest(DIST),
	);
}

module.exports = { DIST, clean, checkTypes, copyIcons, copyBeside };
