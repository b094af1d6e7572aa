export interface VersionFacts {
	/** Of package.json. */
	version: string;
	/** Of package-lock.json. */
	lockVersion: string;
	changelog: string;
	/** The git tag that is being published. */
	tag?: string;
}

/** Contradictions about the version; a release in progress must also have a date. */
export function versionProblems({ version, lockVersion, changelog, tag }: VersionFacts): string[] {
	const [, newest = 'nothing', when = ''] = /^## (\S+)(?: \((.*)\))?$/m.exec(changelog) ?? [];
	const problems = [];
	if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
		problems.push(`package.json: ${version} is no version such as 1.2.3`);
	}
	if (lockVersion !== version) {
		problems.push(
			`package-lock.json says ${lockVersion}, package.json ${version}: run npm install`,
		);
	}
	if (newest !== version) {
		problems.push(`CHANGELOG.md begins with ${newest}, and package.json says ${version}`);
	}
	if (tag === undefined) return problems;
	if (tag !== `v${version}`) {
		problems.push(`The tag is ${tag}, and package.json asks for v${version}`);
	}
	if (!/^\d{4}-\d{2}-\d{2}$/.test(when)) {
		problems.push(
			`CHANGELOG.md: write the date behind ${newest}, as in “## ${version} (2026-01-31)”`,
		);
	}
	return problems;
}
