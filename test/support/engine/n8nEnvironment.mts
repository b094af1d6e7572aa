import { join } from 'node:path';

/*
 * n8n-core reads these while it is loaded: import this file before it. Without a folder of its own
 * it would write into the home folder of whoever runs the tests; with an unknown log output its
 * logger prints nothing, and `captureLog` receives everything down to debug.
 */
process.env.N8N_USER_FOLDER = join(
	process.cwd(),
	'.cache',
	'n8n-core',
	process.env.JEST_WORKER_ID ?? 'main',
);
process.env.N8N_ENCRYPTION_KEY = 'for the engine tests only';
process.env.N8N_LOG_LEVEL = 'debug';
process.env.N8N_LOG_OUTPUT = 'captured';
