import { installedChromium, installedN8n } from './n8n.mts';
import { installedServers } from './servers.mts';

/** Everything that the end-to-end tests need and that takes long, with its progress shown. */
await installedN8n();
await installedChromium();
await installedServers();
