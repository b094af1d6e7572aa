/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	transform: {
		'\\.m?ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	// Every file loads n8n's engine anew, and Jest keeps some of it: one process for all of them runs full.
	workerIdleMemoryLimit: '1GB',
	// Jest would leave a core free, and these take minutes on two.
	maxWorkers: 2,
	// Only what hangs is to fail here, and a busy machine is slow.
	testTimeout: 60_000,
	moduleFileExtensions: ['js', 'ts', 'mts', 'mjs', 'cjs', 'json', 'node'],
};
