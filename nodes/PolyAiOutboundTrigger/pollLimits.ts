/** A poll ends after this time; n8n's scheduler abandons it after 45 seconds. */
export const POLL_BUDGET_MS = 30_000;

/** A single request must not use up the poll's time. */
export const REQUEST_TIMEOUT_MS = 10_000;

/** If n8n grants a poll less time. */
export const LARGEST_SHARE_OF_A_REQUEST = 1 / 3;
