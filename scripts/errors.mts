/**
 * Writes the tables of docs/errors.md from nodes/shared/errors; the text around them is the page's own.
 *
 *     npm run docs:errors             writes them
 *     npm run docs:errors -- --check  fails if they are not up to date
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { addedSentences } from '../nodes/shared/errors/addedSentences.ts';
import { badRequest } from '../nodes/shared/errors/badRequest.ts';
import type { ErrorCode } from '../nodes/shared/errors/callError.ts';
import { invalidPhoneNumber } from '../nodes/shared/errors/invalidPhoneNumber.ts';
import { notAllowed } from '../nodes/shared/errors/notAllowed.ts';
import { notFound } from '../nodes/shared/errors/notFound.ts';
import { outcomeUnknown } from '../nodes/shared/errors/outcomeUnknown.ts';
import { rateLimited } from '../nodes/shared/errors/rateLimited.ts';
import { serverError } from '../nodes/shared/errors/serverError.ts';
import { skipReasons } from '../nodes/shared/errors/skipReasons.ts';
import { timedOut } from '../nodes/shared/errors/timedOut.ts';
import { unauthorized } from '../nodes/shared/errors/unauthorized.ts';
import { unreachable } from '../nodes/shared/errors/unreachable.ts';

/** Every error, by code and name. */
export const catalogue: Record<
	ErrorCode,
	Record<string, { message: string; description: string }>
> = {
	...{ invalidPhoneNumber, notAllowed, unauthorized, badRequest, notFound, rateLimited },
	...{ serverError, unreachable, outcomeUnknown, timedOut },
};

export const PAGE = 'docs/errors.md';

/** The page with its tables made anew. */
export function withTables(page: string): string {
	const tables = Object.entries(catalogue).map(([code, errors]): [string, string[]] => {
		const rows = Object.values(errors).map(({ message, description }) => {
			return `| ${shown(message)} | ${shown(description)} |`;
		});
		return [`\`${code}\``, ['| message | what to do |', '| --- | --- |', ...rows]];
	});
	const lists: Array<[string, string[]]> = [
		['Added to other descriptions', listed(addedSentences)],
		['Why calls are skipped', listed(skipReasons)],
	];
	const whole = [...tables, ...lists].reduce((text, [title, lines]) => {
		// All that follows a section's own text is made.
		const section = new RegExp(`(^## ${title}\n\n(?:(?![|#-]).*\n)*)(?:(?!## ).*\n)*`, 'm');
		if (!section.test(text)) throw new Error(`${PAGE} has no section ${title}`);
		return text.replace(section, (_, intro: string) => `${intro}${lines.join('\n')}\n\n`);
	}, page);
	return `${whole.trimEnd()}\n`;
}

function listed(texts: Record<string, { text: string }>): string[] {
	return Object.values(texts).map(({ text }) => `- ${shown(text)}`);
}

/** A value as `…`, a part that is not always there in brackets. */
function shown(text: string): string {
	return text.replace(/\{\w+\}/g, '…').replace(/[|*_<>]/g, '\\$&');
}

if (process.argv[1]?.endsWith('scripts/errors.mts')) {
	const page = readFileSync(PAGE, 'utf8');
	if (!process.argv.includes('--check')) {
		writeFileSync(PAGE, withTables(page));
	} else if (withTables(page) !== page) {
		console.error(`${PAGE} is not up to date. Run: npm run docs:errors`);
		process.exitCode = 1;
	}
}
