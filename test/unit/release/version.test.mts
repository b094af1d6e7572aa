import { versionProblems } from '../../../scripts/release/version.mts';

const good = {
	version: '1.2.3',
	lockVersion: '1.2.3',
	changelog:
		'# Changelog\n\nWhat changes.\n\n## 1.2.3 (2026-11-24)\n\n- New.\n\n## 1.2.2 (2026-10-01)\n',
};
const notDated = { ...good, changelog: good.changelog.replace('2026-11-24', 'not yet published') };

test('a release whose version, changelog and tag agree is ready', () => {
	expect(versionProblems(good)).toEqual([]);
	expect(versionProblems({ ...good, tag: 'v1.2.3' })).toEqual([]);
});

test('a version may be without a date until it is tagged', () => {
	expect(versionProblems(notDated)).toEqual([]);
	expect(versionProblems({ ...notDated, tag: 'v1.2.3' })).toEqual([
		expect.stringContaining('write the date'),
	]);
});

test.each([
	['another tag', { tag: 'v1.2.4' }, /tag is v1\.2\.4/],
	['a tag without v', { tag: '1.2.3' }, /asks for v1\.2\.3/],
	['a lock file that was left behind', { lockVersion: '1.2.2' }, /package-lock\.json says 1\.2\.2/],
	[
		'a changelog that says nothing of it',
		{ changelog: '## 1.2.2 (2026-10-01)' },
		/begins with 1\.2\.2/,
	],
	['an empty changelog', { changelog: '' }, /begins with nothing/],
	['a word for a version', { version: 'next', lockVersion: 'next' }, /no version/],
])('%s stops it', (_, change, problem) => {
	expect(versionProblems({ ...good, ...change }).join('\n')).toMatch(problem);
});
