import { basename } from 'node:path';

const REPOSITORY = 'https://github.com/polyai-community/n8n-nodes-polyai/tree/main';

/** Built into one file that is somewhere else (scripts/build/simulator.js), or in its repository. */
const file = basename(process.argv[1] ?? '');
const isSingleFile = file.endsWith('.mjs');
const repository = isSingleFile ? `${REPOSITORY}/` : '';

/** What people type to start it, followed by its options. */
export const COMMAND = isSingleFile ? `node ${file}` : 'npm run simulator --';

/** Where they read on. An address alone fills a line of 80 columns. */
export const LEARN_MORE = isSingleFile
	? `${repository}test/simulator`
	: 'Learn more:    test/simulator/README.md';

/** What is certain about it, and what is guessed. */
export const FACTS = `${repository}test/simulator/FACTS.md`;
