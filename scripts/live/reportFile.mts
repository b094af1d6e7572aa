import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordingOf } from './recording.mts';
import { reportOf } from './report.mts';
import type { Visit } from './visit.mts';

/** In the current folder, or else where everyone may write. No other report is overwritten. */
export class ReportFile {
	name?: string;

	constructor(private readonly packageVersion: string) {}

	/** @throws Error if it can be written nowhere */
	write(visit: Visit): void {
		const text = reportOf(recordingOf(visit, this.packageVersion));
		if (this.name !== undefined) return writeFileSync(this.name, text);
		const stem = `polyai-report-${new Date(visit.startedAt).toISOString().slice(0, 10)}`;
		try {
			this.name = create('', stem, text);
		} catch {
			this.name = create(tmpdir(), stem, text);
		}
	}
}

function create(folder: string, stem: string, text: string): string {
	for (let number = 1; ; number++) {
		const name = join(folder, number === 1 ? `${stem}.md` : `${stem}-${number}.md`);
		if (existsSync(name)) continue;
		writeFileSync(name, text, { flag: 'wx' });
		return name;
	}
}
