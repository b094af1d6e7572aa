const { readdir, readFile, writeFile } = require('node:fs/promises');
const { join } = require('node:path');

/** prefixTimeZones.json comes from data and not from a bundled package; see scripts/timeZoneData.mts. */
const OF_DATA = join(__dirname, 'licenses-of-data.txt');

const SEPARATOR = `\n\n${'-'.repeat(80)}\n\n`;

async function writeLicenses(metafile, path) {
	const texts = [await readFile(OF_DATA, 'utf8'), await licensesOf(metafile)];
	await writeFile(path, texts.join(SEPARATOR));
}

/** The license texts of every package that a bundle has inside, as their licenses ask for. */
async function licensesOf(metafile) {
	const packages = new Set();
	for (const input of Object.keys(metafile.inputs)) {
		const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
		if (name) packages.add(name);
	}
	const texts = await Promise.all([...packages].sort().map(licenseOf));
	return texts.join(SEPARATOR);
}

async function licenseOf(name) {
	const folder = join('node_modules', name);
	const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	if (!file) throw new Error(`${name} is bundled and has no license text`);
	return `${name} ${version} (${license})\n\n${await readFile(join(folder, file), 'utf8')}`;
}

module.exports = { licensesOf, writeLicenses };
