import type { Journal, JournalEntry } from '../../../simulator/journal.mts';
import { validateExchange } from '../../../simulator/openapi/validateExchange.mts';

/** What was said against PolyAI's descriptions, where no fault was asked for. */
export function wrongExchanges({ requests }: Journal): string[] {
	return requests.filter(({ fault }) => !fault).flatMap(wrongsOf);
}

function wrongsOf({ version, method, path, body, answer }: JournalEntry): string[] {
	if (!version || answer?.status === undefined) return [];
	const { status, body: said } = answer;
	return validateExchange(version, method, path, status, body, said).map(
		(wrong) => `${method} ${path} ${status}: ${wrong}`,
	);
}
