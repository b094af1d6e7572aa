import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Person } from './person.mts';

/** A person at a terminal; or, if the input is piped, its next line answers each question. */
export interface Terminal extends Person {
	/** Every question from now on is answered with nothing. */
	close(): void;
}

/** @param interrupt called for Ctrl+C */
export function openTerminal(interrupt: () => void): Terminal {
	const { stdin, stdout } = process;
	// The window may have been closed: the report is still to be written.
	stdout.on('error', () => {});
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
		// At a terminal, whoever presses Enter in between doesn't answer the next question.
		if (!answer(line) && !stdin.isTTY) unread.push(line);
	});
	lines.on('close', () => {
		isOver = true;
		answer('');
	});
	lines.on('SIGINT', () => {
		interrupt();
		if (waiting) lines.close();
	});

	async function ask(question: string, hides: boolean): Promise<string> {
		if (isOver && unread.length === 0) return '';
		lines.setPrompt(`${question}: `);
		if (isOver) stdout.write(`${question}: `);
		else lines.prompt();
		isHidden = hides;
		const line = unread.shift() ?? (await new Promise<string>((resolve) => (waiting = resolve)));
		isHidden = false;
		if (hides) stdout.write('\n');
		return line.trim();
	}

	return {
		ask: async (question) => await ask(question, false),
		async askSecret(question) {
			const hint = stdin.isTTY ? " (what you type isn't shown)" : '';
			return await ask(question + hint, true);
		},
		tell: (line) => void stdout.write(`${line}\n`),
		close: () => lines.close(),
	};
}
