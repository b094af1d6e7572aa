/**
 * The end-to-end tests in a real n8n of any version.
 *
 *     npm run test:e2e                               all of them, in the newest n8n
 *     npm run test:e2e -- --n8n 2.8.4 package stop   two files, in another one
 *     npm run test:e2e -- --n8n 2.8.4 --surface      those that touch n8n's surface
 */
import { parseArgs } from 'node:util';
import { N8N_VERSION } from '../setup/n8n.mts';
import { n8nToTest, runTests } from './run.mts';
import { QUICK_SURFACE_FILES } from './surface.mts';

const { values, positionals } = parseArgs({
	options: {
		n8n: { type: 'string', default: N8N_VERSION },
		surface: { type: 'boolean', default: false },
	},
	allowPositionals: true,
});
const n8n = await n8nToTest(values.n8n);
process.exitCode = runTests(n8n, values.surface ? QUICK_SURFACE_FILES : positionals) ? 0 : 1;
