import { findErrors, type ListedError } from './findErrors.mts';
import { MEANINGS } from './meanings.mts';
import { merged } from './merge.mts';
import type { Program } from './program.mts';

const HEAD = `# Errors

<!-- Made from the sources by \`npm run docs:errors\`. Change the sources, not this page. -->

Every error that this package can raise. In the lists \`…\` stands for a value, such as a phone number
or PolyAI’s own words, and what is in \`[ ]\` stands there only when it applies.

With **On Error** set to continue, a failed item comes out as
\`{ "error": { "message", "code", "description", "phoneNumber" or "callSid", "correlationId" } }\`;
decide by \`{{ $json.error.code }}\`. Otherwise n8n shows the message, and the description under it.
The correlation ID is what PolyAI’s support asks for.
`;

/** The page `docs/errors.md`. */
export function errorsPage(program: Program): string {
	const errors = merged(findErrors(program).flatMap((site) => site.errors));
	const listed = errors.filter(({ message }) => message !== '');
	const codes = Object.entries(MEANINGS).map(([code, { means, whatToDo }]) => {
		const ofCode = listed.filter((error) => error.code === code);
		return [`## \`${code}\``, means, whatToDo, table(ofCode)].join('\n\n');
	});
	const others = listed.filter(({ code }) => code === undefined);
	const foreign = listed.filter(({ code }) => code !== undefined && !(code in MEANINGS));
	for (const { place, code } of foreign) throw new Error(`${place}: the code ${code} is unknown`);
	const additions = errors.filter(({ message }) => message === '');
	return [
		HEAD.trimEnd(),
		...codes,
		'## Errors of a whole node or credential',
		'They concern no single item and have no code: the test of a credential, and the trigger in the editor.',
		table(others),
		...(additions.length > 0 ? ['## Added to the description of other errors'] : []),
		...additions.map(({ description }) => `- ${inline(description)}`),
	]
		.join('\n\n')
		.concat('\n');
}

function table(errors: readonly ListedError[]): string {
	const rows = errors.map(({ message, description }) => {
		return `| ${inline(message)} | ${inline(description) || 'The message says it.'} |`;
	});
	return ['| message | what it says to do |', '| --- | --- |', ...rows].join('\n');
}

function inline(text: string): string {
	return text
		.replace(/\s+/g, ' ')
		.replace(/[|*_<>]/g, '\\$&')
		.trim();
}
