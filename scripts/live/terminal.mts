import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Person } from './person.mts';

/** A person at a terminal; or, if the input is piped, its next line answers each question. */
export interface Terminal extends Person {
	/** Every question from now on is answered with nothing. */
	close(): void;
}

/** @param interrupt called for Ctrl+C while no question waits for its answer */
export function openTerminal(interrupt: () => void): Terminal {
	const { stdin, stdout } = process;
	let isHidden = false;
	// readline echoes what is typed: in a secret's answer, nothing may appear.
	const echo = new Writable({
		write(chunk: Buffer, _encoding, done) {
			if (!isHidden) stdout.write(chunk);
			done();
		},
	});
	const lines = createInterface({
		input: stdin,
		output: echo,
		terminal: stdin.isTTY,
		historySize: 0,
	});
	const unread: string[] = [];
	let waiting: ((line: string) => void) | undefined;
	let isOver = false;
	const answer = (line: string) => {
		const isAwaited = waiting !== undefined;
		waiting?.(line);
		waiting = undefined;
		return isAwaited;
	};
	lines.on('line', (line) => {
		if (!answer(line)) unread.push(line);
	});
	lines.on('close', () => {
		isOver = true;
		answer('');
	});
	lines.on('SIGINT', () => (waiting ? lines.close() : interrupt()));

	async function nextLine(): Promise<string> {
		const line = unread.shift();
		if (line !== undefined || isOver) return (line ?? '').trim();
		return (await new Promise<string>((resolve) => (waiting = resolve))).trim();
	}

	return {
		async ask(question) {
			stdout.write(`${question}: `);
			return await nextLine();
		},
		async askSecret(question) {
			stdout.write(`${question}: `);
			isHidden = true;
			const secret = await nextLine();
			isHidden = false;
			stdout.write('\n');
			return secret;
		},
		tell: (line) => void stdout.write(`${line}\n`),
		close: () => lines.close(),
	};
}
