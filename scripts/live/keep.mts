import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Recording } from './recording.mts';
import { recordingIn } from './report.mts';

/** What test/engine/recordings.test.mts replays. */
const FOLDER = 'test/recordings';

const [report, folder = FOLDER] = process.argv.slice(2);
try {
	if (!report) throw new Error('Which report? Add the name of its file: npm run live:keep -- …');
	const recording = recordingIn(readFileSync(report, 'utf8'));
	checkNamesAFile(recording);
	const file = unusedName(folder, recording);
	writeFileSync(file, `${JSON.stringify(recording, null, '\t')}\n`, { flag: 'wx' });
	console.log(`${file} is replayed from now on: npx jest test/engine/recordings`);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}

/** A report comes from somebody else. @throws Error if its words could lead to another folder */
function checkNamesAFile({ startedAt, credential, server }: Recording): void {
	const isNamed =
		/^\d{4}-\d\d-\d\dT/.test(startedAt) &&
		['token', 'apiKey'].includes(credential) &&
		typeof server === 'string' &&
		!/[/\\]|\.\./.test(server);
	if (isNamed) return;
	throw new Error('This report does not say when, with what, or at which server it was made.');
}

function unusedName(folder: string, { startedAt, credential, server }: Recording): string {
	const stem = `${startedAt.slice(0, 10)}-${credential}-${server.replace(/[^a-z0-9.]+/gi, '-')}`;
	for (let number = 1; ; number++) {
		const name = join(folder, number === 1 ? `${stem}.json` : `${stem}-${number}.json`);
		if (!existsSync(name)) return name;
	}
}
