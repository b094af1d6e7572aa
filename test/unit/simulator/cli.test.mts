import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startPolyAi } from '../../support/unit/simulator/startPolyAi.mts';

const running: ChildProcess[] = [];

afterEach(async () => {
	for (const child of running.splice(0)) {
		if (child.exitCode === null) child.kill('SIGKILL');
	}
});

/** The program as `npm run simulator -- …` starts it. */
function start(...args: string[]) {
	const command = ['--import', 'tsx', 'test/simulator/cli.mts', ...args];
	const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
	running.push(child);
	const said: string[] = [];
	const lines = createInterface({ input: child.stdout });
	lines.on('line', (line) => said.push(line));
	const complained: string[] = [];
	child.stderr.on('data', (chunk: Buffer) => complained.push(chunk.toString()));
	const ended = once(child, 'close').then(([code]) => code as number | null);
	return {
		child,
		said,
		complaint: () => complained.join(''),
		ended,
		/** The first line, said already or still to come, that matches. */
		async line(wanted: RegExp): Promise<string> {
			for (;;) {
				const found = said.find((line) => wanted.test(line));
				if (found) return found;
				await Promise.race([once(lines, 'line'), ended.then(failed)]);
			}
			function failed() {
				throw new Error(`It ended without ${wanted}: ${complained.join('')}`);
			}
		},
	};
}

async function started(...args: string[]) {
	const program = start('--port', '0', ...args);
	const first = await program.line(/^PolyAI runs at/);
	const url = /http:\S+/.exec(first)?.[0] ?? '';
	return { ...program, url };
}

async function trigger(url: string, number: string, token: string) {
	return await fetch(`${url}/v1/outbound-calling/trigger`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'X-PolyAi-Auth-Token': token },
		body: JSON.stringify({ to_number: number }),
	});
}

test('--help is one screen', async () => {
	const { said, ended } = start('--help');
	expect(await ended).toBe(0);
	expect(said.length).toBeLessThanOrEqual(24);
	expect(Math.max(...said.map((line) => line.length))).toBeLessThanOrEqual(80);
	for (const option of [
		'port',
		'api-version',
		'token',
		'queued',
		'calling',
		'outcome',
		'latency',
	]) {
		expect(said.join('\n')).toContain(`--${option} `);
	}
	expect(said.join('\n')).toContain('57 dialed, but no answer comes');
});

test('a taken port is said with what to do', async () => {
	const { port } = await startPolyAi();
	const { complaint, ended } = start('--port', String(port));
	expect(await ended).toBe(1);
	expect(complaint()).toContain(`Port ${port} is taken by another program.`);
	expect(complaint()).toContain('npm run simulator -- --port');
	expect(complaint()).not.toMatch(/\bat .*:\d+/);
});

test('it says what to enter in n8n, follows each call, and Ctrl+C stops it', async () => {
	const { child, url, line, complaint, ended } = await started('--queued=0', '--calling=0');
	expect(await line(/^In n8n/)).toContain('Token simulator-token');
	const reply = await trigger(url, '+442079460003', 'simulator-token');
	const { callSid } = (await reply.json()) as { callSid: string };
	expect(await line(/placed$/)).toContain(`+442079460003    ${callSid}`);
	expect(await line(/failure \(busy\)$/)).toContain(callSid);
	child.kill('SIGINT');
	expect(await ended).toBe(0);
	expect(complaint()).toBe('');
});

test('Ctrl-C does not wait for answers that never come', async () => {
	const { child, url, ended } = await started('--fault', 'never');
	const hanging = trigger(url, '+442079460001', 'simulator-token').catch(() => 'broken off');
	let inFlight = 0;
	while (inFlight === 0) {
		const counts = await fetch(`${url}/_simulator/counts`);
		({ inFlight } = (await counts.json()) as { inFlight: number });
	}
	child.kill('SIGINT');
	expect(await ended).toBe(0);
	expect(await hanging).toBe('broken off');
});
