import { installedChromium, installedN8n, TESTED_VERSION } from './n8n.mts';
import { installedServers } from './servers.mts';

/**
 * Everything that the end-to-end tests need and that takes long, with its progress shown. Several
 * versions of n8n are installed at once: each of them mostly waits.
 *
 *     npx tsx scripts/setup/all.mts                   the newest n8n
 *     npx tsx scripts/setup/all.mts 1.123.81 2.8.4    these, too
 */
const versions = [TESTED_VERSION, ...process.argv.slice(2)];
await Promise.all(versions.map(async (version) => await installedN8n(version)));
await installedChromium();
await installedServers();
