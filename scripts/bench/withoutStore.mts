import { Module } from 'node:module';

type Load = (request: string, ...rest: unknown[]) => Record<string, unknown>;

/** Loaded before n8n, so that its nodes find no `checkProcessedAndRecord`. */
const modules = Module as unknown as { _load: Load };
const load = modules._load;
modules._load = function (request, ...rest) {
	const loaded = load.call(this, request, ...rest);
	if (request.endsWith('/deduplication-helper-functions')) {
		loaded.getDeduplicationHelperFunctions = () => ({});
	}
	return loaded;
};
