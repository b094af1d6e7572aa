import { readFileSync, writeFileSync } from 'node:fs';

/** What a process has used up, as Linux counts it. */
export interface Usage {
	cpuMs: number;
	/** Most memory at any time since the last `forgetPeak`. */
	peakBytes: number;
}

/** Linux counts CPU time in hundredths of a second. */
const MS_PER_TICK = 10;

export function usageOf(pid: number): Usage {
	const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
	const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return { cpuMs: (userTicks + systemTicks) * MS_PER_TICK, peakBytes: Number(peak) * 1024 };
}

export function forgetPeak(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
