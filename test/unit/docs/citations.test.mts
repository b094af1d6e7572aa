import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** "docs/design.md", "docs/design.md § 3", "docs/design.md § 3, promises 0 and 3". */
const CITATION = /([\w./-]+\.md)\b(?: § (\d+)(?:, promises? (\d)(?: and (\d))?)?)?/g;

/** A number of a section or promise that does not say of which page. */
const STRAY = /§ ?\d+|\bpromises? \d|\b(?:of|in) the design\b|\b[\w-]+-facts\b/gi;

const sources = ['credentials', 'nodes', 'scripts', 'test'].flatMap((folder) => {
	return ts.sys.readDirectory(folder, ['.ts', '.mts', '.js', '.mjs', '.yaml']);
});

const pages = ['CHANGELOG.md', 'CONTRIBUTING.md', 'README.md', 'SECURITY.md'].concat(
	...['docs', 'test'].map((folder) => ts.sys.readDirectory(folder, ['.md'])),
);

/** The citations in a source that lead nowhere. */
function brokenCitations(source: string): string[] {
	const text = source.replace(/\s*\n\s*(?:\*(?!\/)|\/\/|#)?\s*/g, ' ');
	const broken = [...text.matchAll(CITATION)].filter((found) => !exists(...citedIn(found)));
	const strays = text.replace(CITATION, '').match(STRAY) ?? [];
	return [...broken.map(([citation]) => citation), ...strays];
}

function citedIn([, page = '', section, ...promises]: string[]) {
	return [page, section, promises.filter(Boolean)] as const;
}

function exists(page: string, section: string | undefined, promises: readonly string[]): boolean {
	if (!existsSync(page)) return false;
	if (section === undefined) return true;
	const [, ...sections] = readFileSync(page, 'utf8').split(/^(?=## )/m);
	const text = sections.find((one) => one.startsWith(`## ${section}. `));
	return text !== undefined && promises.every((promise) => text.includes(`**${promise}. `));
}

test('every page, section and promise that a comment cites is in the repository', () => {
	const broken = sources.flatMap((file) => {
		return brokenCitations(readFileSync(file, 'utf8')).map((citation) => `${file}: ${citation}`);
	});

	expect(sources.length).toBeGreaterThan(100);
	expect(broken).toEqual([]);
});

describe('a citation that leads nowhere is found', () => {
	test.each([
		['a page', `docs/no-such-page-${1}.md § ${1}`],
		['a section', `docs/design.md § ${99}`],
		['a promise', `docs/design.md § ${3}, promise ${9}`],
		['the second of two promises', `docs/design.md § ${3}, promises ${0} and ${9}`],
	])('%s', (_, citation) => {
		expect(brokenCitations(`/** Why it is so (${citation}). */`)).toEqual([citation]);
	});

	test.each([`§ ${3}`, `promise ${1}`, ['of the', 'design'].join(' '), ['n8n', 'facts'].join('-')])(
		'one that names no page: %s',
		(stray) => {
			expect(brokenCitations(`// As it is said (${stray})`)).toEqual([stray]);
		},
	);

	test('also where a line of the comment ends within it', () => {
		const comment = `/**\n\t * Why it is so (docs/design.md § ${3},\n\t * promise ${9}).\n\t */`;
		expect(brokenCitations(comment)).toEqual([`docs/design.md § ${3}, promise ${9}`]);
	});
});

test.each(pages)('every link of %s to a file leads to one', (page) => {
	const links = [...readFileSync(page, 'utf8').matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)];
	const missing = links.map(([, path = '']) => path);
	expect(missing.filter((path) => !existsSync(join(dirname(page), path)))).toEqual([]);
});
