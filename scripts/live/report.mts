import { findingsOf, isTrigger } from './findings.mts';
import type { RecordedExchange, Recording } from './recording.mts';

const FENCE_OPEN = '```json';
const FENCE_CLOSE = '```';

/** The recording as a text that its owner reads, and that can be pasted into an issue. */
export function reportOf(recording: Recording): string {
	const { server, startedAt, credential, environment, credentialTest, brokeOff } = recording;
	return [
		`# First contact with PolyAI, ${startedAt.slice(0, 10)}`,
		'',
		`- Server: ${server}`,
		`- Credential: ${credential === 'token' ? 'PolyAI API (token)' : `PolyAI Agents API (API key), environment ${environment}`}`,
		`- Credential test: ${credentialTest ?? 'not made'}`,
		`- Call: ${aboutTheCall(recording)}`,
		...(brokeOff ? [`- **It broke off: ${brokeOff.replace(/\s+/g, ' ')}**`] : []),
		`- n8n-nodes-polyai ${recording.package}`,
		'',
		'Tokens, keys, IDs and numbers are replaced, and so is what people said: +12025550101 stands for',
		'the number that was called. **Read this file before you give it to anyone.**',
		'',
		'## Open questions',
		'',
		'| question | seen |',
		'| --- | --- |',
		...findingsOf(recording).map(({ question, answer }) => `| ${question} | ${cell(answer)} |`),
		'',
		'## What differs from the description',
		'',
		...whatDiffers(recording),
		'',
		'## Requests and answers',
		'',
		FENCE_OPEN,
		JSON.stringify(recording, null, 2),
		FENCE_CLOSE,
		'',
	].join('\n');
}

/**
 * The recording in a report, as it was, or as somebody pasted it into an issue.
 *
 * @throws Error in words if there is none
 */
export function recordingIn(report: string): Recording {
	const lines = report.split(/\r?\n/);
	const start = lines.indexOf(FENCE_OPEN);
	const end = lines.indexOf(FENCE_CLOSE, start);
	try {
		const recording = JSON.parse(lines.slice(start + 1, end).join('\n')) as Recording;
		if (Array.isArray(recording.exchanges)) return recording;
	} catch {
		// The sentence below says it.
	}
	throw new Error(
		'This file holds no recording: it should be a report of npm run live, as a whole.',
	);
}

function aboutTheCall({ verdict, rang, exchanges }: Recording): string {
	if (verdict !== undefined) return `${inWords(verdict)}. How often did the phone ring? ${rang}`;
	return exchanges.some(isTrigger) ? "it isn't known whether one was placed" : 'none was placed';
}

/** `outcomeUnknown` is the only error after which a call may have been placed (docs/design.md § 2). */
function inWords(verdict: string): string {
	if (verdict === 'placed') return 'PolyAI accepted it (placed)';
	if (verdict === 'outcomeUnknown') return "it isn't known whether it was placed (outcomeUnknown)";
	return `it was refused (${verdict})`;
}

function whatDiffers({ exchanges }: Recording): string[] {
	if (!exchanges.some(({ answer }) => answer)) return ['No answer came.'];
	const differences = exchanges.flatMap(differencesOf);
	return differences.length > 0 ? differences : ['Nothing: every answer is as described.'];
}

function differencesOf({ request, answer, differences = [] }: RecordedExchange): string[] {
	const { method, path } = request;
	return differences.map((one) => `- ${method} ${path.split('?', 1)[0]} ${answer?.status}: ${one}`);
}

function cell(text: string): string {
	return text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
}
