import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { installedServers } from '../../../scripts/setup/servers.mts';
import { ownFolder, startOwnServer, type OwnServer, type User } from './ownServer.mts';

/** Its user and its database. */
const NAME = 'postgres';

/** A PostgreSQL of our own. It listens on a socket in its own folder and on no port. */
export async function startPostgres(): Promise<OwnServer> {
	const { postgresql } = await installedServers();
	const user = userForPostgres();
	const folder = ownFolder('postgres', user);
	const data = join(folder, 'data');
	const options = ['--auth=trust', '--username', NAME, '--encoding=UTF8', '--no-sync'];
	execFileSync(join(postgresql, 'initdb'), ['--pgdata', data, ...options], {
		cwd: folder,
		stdio: 'pipe',
		...user,
	});
	const command = [join(postgresql, 'postgres'), '-D', data, '-k', folder];
	const settings = { listen_addresses: '', fsync: 'off', synchronous_commit: 'off' };
	for (const [name, value] of Object.entries(settings)) command.push('-c', `${name}=${value}`);
	const isReady = async () =>
		spawnSync(join(postgresql, 'pg_isready'), ['-h', folder]).status === 0;
	const close = await startOwnServer(folder, command, isReady, user);
	const env = {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: folder,
		DB_POSTGRESDB_DATABASE: NAME,
		DB_POSTGRESDB_USER: NAME,
	};
	return { env, close };
}

/** PostgreSQL refuses to run as root; its package has made a user for it. */
function userForPostgres(): User | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const idOf = (kind: '-u' | '-g') =>
		Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));
	return { uid: idOf('-u'), gid: idOf('-g') };
}
