// Runs before anything is installed, so it is plain JavaScript without any dependency.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Holds the hash of the lock file that was installed. */
const STAMP = 'node_modules/.installed';
const UNFINISHED = 'unfinished';
const OLDEST_NODE = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
	console.error(
		`This needs Node.js ${OLDEST_NODE.join('.')} or newer; here is ${process.versions.node}.`,
	);
	process.exit(1);
}

const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const installed = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : '';
if (installed !== wanted) {
	console.log('Installing the development tools. This takes about two minutes, once.');
	// What was broken off may have left packages that only look complete.
	if (installed === UNFINISHED) rmSync('node_modules', { recursive: true });
	mkdirSync('node_modules', { recursive: true });
	writeFileSync(STAMP, UNFINISHED);
	// Not `npm ci`: it refuses a lock file that lacks a binary for some other platform, and not every
	// registry has them all. The versions are those of the lock file all the same.
	execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund'], {
		stdio: 'inherit',
		shell: process.platform === 'win32',
	});
	writeFileSync(STAMP, wanted);
}
