import type { IPollFunctions } from 'n8n-workflow';

/** What n8n grants every poll, except those of its durable scheduler, which get less. */
const USUAL_BUDGET_MS = 5 * 60_000;

const known = new WeakSet<IPollFunctions>();

/**
 * Whether a poll is the first of a registration (the workflow was published, or n8n has started).
 * All polls of a registration get the same context, except that the durable scheduler creates a new
 * one for each poll, and grants it less time.
 */
export function isFirstOfRegistration(context: IPollFunctions): boolean {
	const isScheduled = (context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS) !== USUAL_BUDGET_MS;
	const isFirst = !isScheduled && !known.has(context);
	known.add(context);
	return isFirst;
}
