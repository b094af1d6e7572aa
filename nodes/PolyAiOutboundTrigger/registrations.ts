import type { IPollFunctions } from 'n8n-workflow';

/** What n8n grants every poll but those of its durable scheduler, which have less. */
const USUAL_BUDGET_MS = 5 * 60_000;

const known = new WeakSet<IPollFunctions>();

/**
 * Whether a poll is the first of a registration (the workflow was published, or n8n has started). All
 * polls of a registration come with the same context, except that the durable scheduler makes a new
 * one for each poll, which it grants less time.
 */
export function isFirstOfRegistration(context: IPollFunctions): boolean {
	const isScheduled = (context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS) !== USUAL_BUDGET_MS;
	const isFirst = !isScheduled && !known.has(context);
	known.add(context);
	return isFirst;
}
