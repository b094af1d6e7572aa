const SCHEDULER = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_USE_WORKFLOW_PUBLICATION_SERVICE: 'true',
};

/** The ways in which n8n polls, with the environment that chooses them. */
export const POLL_ENGINES: Array<[string, Record<string, string>]> = [
	['in-memory polling, the default', {}],
	['the durable scheduler', SCHEDULER],
	['durable cursors', { ...SCHEDULER, N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true' }],
];
