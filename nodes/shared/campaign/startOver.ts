import type { CampaignRow } from './campaignRow';

/** Sorted as a text, it's behind all times, where a run looks for what it has to handle at any time. */
const START_OVER_AT = 'start over at ';

/**
 * The cell 'nextCallAt' of someone whose campaign has ended and with whom it starts over as soon as
 * that end has been put out.
 *
 * @param time ISO 8601
 */
export function startingOverAt(time: string | null): string {
	return START_OVER_AT + (time ?? '');
}

/** @returns the time; undefined for everyone else */
export function timeOfStartOver({ state, nextCallAt }: CampaignRow): string | undefined {
	const isStartingOver = state === 'ended' && nextCallAt?.startsWith(START_OVER_AT);
	return isStartingOver ? nextCallAt?.slice(START_OVER_AT.length) : undefined;
}
