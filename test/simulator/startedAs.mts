import { basename } from 'node:path';

const REPOSITORY = 'https://github.com/polyai-community/n8n-nodes-polyai/tree/main';

/** Built into one file that is somewhere else (scripts/build/singleFiles.js), or in its repository. */
const file = basename(process.argv[1] ?? '');
const isSingleFile = file.endsWith('.mjs');

/** What people type to start this program. @param script what they type in its repository */
export function commandFor(script: string): string {
	return isSingleFile ? `node ${file}` : script;
}

/** Where a page is. @param path in the repository */
export function pageAt(path: string): string {
	return isSingleFile ? `${REPOSITORY}/${path}` : path;
}

/** Starts the simulator; its options follow. */
export const COMMAND = commandFor('npm run simulator --');

/** Where people read on about the simulator. An address alone fills a line of 80 columns. */
export const LEARN_MORE = isSingleFile
	? pageAt('test/simulator')
	: 'Learn more:    test/simulator/README.md';

/** What is certain about it, and what is guessed. */
export const FACTS = pageAt('test/simulator/FACTS.md');
