import { execFileSync } from 'node:child_process';

/** What the image of docs/docker does at its start, up to n8n's own start. */
export function installFromImage(tarball: string, userFolder: string): void {
	execFileSync('docs/docker/start.sh', ['true'], {
		env: { ...process.env, N8N_USER_FOLDER: userFolder, POLYAI_PACKAGE: tarball },
	});
}
