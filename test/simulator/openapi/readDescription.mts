import { readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.join(process.cwd(), 'test/simulator/openapi');

/** The text of a description; scripts/build/singleFiles.js replaces this by the texts themselves. */
export function readDescription(name: string): string {
	return readFileSync(path.join(FOLDER, name), 'utf8');
}
