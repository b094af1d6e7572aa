import { isRecord } from '../../isRecord';
import { textAt } from './readFields';
import { TURN } from './wireNames';

/** What was said, one line for each time that somebody spoke; nothing when nothing was sent. */
export function transcriptOf(turns: readonly unknown[]): string | undefined {
	return turns.filter(isRecord).flatMap(linesOf).join('\n') || undefined;
}

/** Whether somebody talked to the agent. */
export function hasUserSpoken(turns: readonly unknown[]): boolean {
	return turns.filter(isRecord).some((turn) => textAt(turn, TURN.user) !== undefined);
}

/** The agent answers to what it heard. */
function linesOf(turn: Record<string, unknown>): string[] {
	const said = { User: textAt(turn, TURN.user), Agent: textAt(turn, TURN.agent) };
	return Object.entries(said).flatMap(([speaker, text]) => {
		return text === undefined ? [] : [`${speaker}: ${text.replace(/\s*\n\s*/g, ' ')}`];
	});
}
