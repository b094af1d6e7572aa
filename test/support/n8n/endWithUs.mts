import { spawn, type ChildProcess } from 'node:child_process';

const GUARD = `
cat >/dev/null
kill -s "$1" -- "-$2"
for second in 1 2 3 4 5; do kill -s 0 -- "-$2" && sleep 1; done
rm -rf "$3"`;

/**
 * Sees to it that a process group ends when we do, in whatever way that happens: then the pipe from
 * us to its guard breaks. (Under Jest no one is told of the process's end.)
 *
 * @param folder of the group, to be removed after it
 */
export function endWithUs(leader: ChildProcess, signal: NodeJS.Signals, folder = ''): void {
	const settings = [signal.replace('SIG', ''), String(leader.pid), folder];
	const guard = spawn('/bin/sh', ['-c', GUARD, 'sh', ...settings], {
		stdio: ['pipe', 'ignore', 'ignore'],
		// A group of its own, which Ctrl-C in the terminal doesn't reach.
		detached: true,
	});
	leader.once('exit', () => {
		guard.kill('SIGKILL');
		guard.stdin.destroy();
	});
}
