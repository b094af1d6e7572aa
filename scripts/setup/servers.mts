import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './installed.mts';

/** Debian keeps each version of PostgreSQL in a folder of its own. */
const POSTGRESQL = '/usr/lib/postgresql';
const REDIS = '/usr/bin/redis-server';

/** The programs of the two servers that n8n's queue mode needs. */
export interface InstalledServers {
	/** PostgreSQL's folder of programs. */
	postgresql: string;
	redis: string;
}

/** Debian's PostgreSQL and Redis. */
export async function installedServers(): Promise<InstalledServers> {
	const missing = [
		...(newestPostgresql() === undefined ? ['postgresql'] : []),
		...(existsSync(REDIS) ? [] : ['redis-server']),
	];
	if (missing.length > 0) {
		console.log(`Installing ${missing.join(' and ')} …`);
		await run('apt-get', ['update', '-qq']);
		await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing]);
	}
	const postgresql = newestPostgresql();
	if (postgresql === undefined) throw new Error(`There is no PostgreSQL in ${POSTGRESQL}`);
	return { postgresql, redis: REDIS };
}

function newestPostgresql(): string | undefined {
	const versions = existsSync(POSTGRESQL) ? readdirSync(POSTGRESQL).map(Number) : [];
	return versions
		.sort((one, other) => other - one)
		.map((version) => join(POSTGRESQL, String(version), 'bin'))
		.find((folder) => existsSync(join(folder, 'initdb')));
}
