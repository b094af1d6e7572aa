/** Environments of n8n for the ways of polling that aren't its default. */
export const DURABLE_SCHEDULER = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
};

export const DURABLE_CURSORS = {
	...DURABLE_SCHEDULER,
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};
