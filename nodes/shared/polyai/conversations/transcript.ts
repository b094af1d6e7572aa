import { isRecord } from '../../isRecord';
import { textAt } from './readFields';
import { TURN } from './wireNames';

/** What was said, one line for each turn; undefined if nothing was sent. */
export function transcriptOf(turns: readonly unknown[]): string | undefined {
	return turns.filter(isRecord).flatMap(linesOf).join('\n') || undefined;
}

/** Whether someone talked to the agent. */
export function hasUserSpoken(turns: readonly unknown[]): boolean {
	return turns.filter(isRecord).some((turn) => textAt(turn, TURN.user) !== undefined);
}

/** The agent answers what it heard. */
function linesOf(turn: Record<string, unknown>): string[] {
	const said = { User: textAt(turn, TURN.user), Agent: textAt(turn, TURN.agent) };
	return Object.entries(said).flatMap(([speaker, text]) => {
		return text === undefined ? [] : [`${speaker}: ${text.replace(/\s*\n\s*/g, ' ')}`];
	});
}
