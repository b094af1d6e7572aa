export interface Manifest {
	main: string;
	n8n: { nodes: string[]; credentials: string[] };
}

/** All that may be in the tarball. */
const ALLOWED = [
	/^(package\.json|index\.js|README\.md|LICENSE)$/,
	/^dist\/(package\.js|licenses\.txt)$/,
	/^dist\/(nodes\/\w+|credentials)\/\w+\.(node|credentials)\.js$/,
	/^dist\/nodes\/\w+\/\w+\.node\.json$/,
	/^dist\/nodes\/\w+\/__schema__\/v[\d.]+(\/\w+)*\.json$/,
	/^dist\/icons\/\w+(\.dark)?\.svg$/,
];

const NEEDED = ['package.json', 'README.md', 'LICENSE', 'dist/licenses.txt'];

/**
 * What is in the tarball and shouldn't be, and what is missing.
 *
 * @param files of the tarball, without the folder `package/`
 */
export function contentProblems(files: readonly string[], { main, n8n }: Manifest): string[] {
	const codex = n8n.nodes.map((file) => file.replace(/\.js$/, '.json'));
	const needed = [...NEEDED, main, ...n8n.nodes, ...n8n.credentials, ...codex];
	const strange = files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file)));
	return [
		...strange.map((file) => `${file} does not belong into the package`),
		...needed.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
	];
}
