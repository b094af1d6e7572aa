/**
 * Writes docs/errors.md: every error that the package can raise, from its sources.
 *
 *     npm run docs:errors             writes the page
 *     npm run docs:errors -- --check  fails if the page is not what the sources give
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { errorsPage } from './page.mts';
import { openProgram, sourceFiles } from './program.mts';

const PAGE = 'docs/errors.md';
const text = errorsPage(openProgram(sourceFiles()));

if (!process.argv.includes('--check')) {
	writeFileSync(PAGE, text);
	console.log(`Wrote ${PAGE}.`);
} else if (readFileSync(PAGE, 'utf8') === text) {
	console.log(`${PAGE} is up to date.`);
} else {
	console.error(`${PAGE} is not what the sources give. Run: npm run docs:errors`);
	process.exitCode = 1;
}
