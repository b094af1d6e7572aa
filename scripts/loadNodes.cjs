/**
 * Runs in n8n's own Node.js: n8n's own code loads all nodes that this user folder gives it, and the
 * milliseconds that it took are printed, with the names of the packages.
 *
 *     N8N_USER_FOLDER=… node scripts/loadNodes.cjs <n8n's start file>
 */
const { createRequire } = require('node:module');

const fromN8n = createRequire(process.argv[2]);
fromN8n('reflect-metadata');
fromN8n('../dist/config');
const { Container } = fromN8n('@n8n/di');
const { ModuleRegistry } = fromN8n('@n8n/backend-common');
const { CommunityPackagesModule } = fromN8n(
	'../dist/modules/community-packages/community-packages.module',
);
const { LoadNodesAndCredentials } = fromN8n('../dist/load-nodes-and-credentials');

async function load() {
	const modules = Container.get(ModuleRegistry);
	const nodes = Container.get(LoadNodesAndCredentials);
	const communityPackages = Container.get(CommunityPackagesModule);
	const start = performance.now();
	modules.nodeLoaders.push(...(await communityPackages.nodeLoaders()));
	await nodes.init();
	const milliseconds = performance.now() - start;
	process.stdout.write(JSON.stringify({ milliseconds, packages: Object.keys(nodes.loaders) }));
	process.exit();
}

void load();
