/**
 * The end-to-end tests that touch n8n's surface, by what they show: an n8n that passes them can run
 * the nodes. The other tests are about PolyAI, so the newest n8n is enough for them.
 */
export const SURFACE = {
	'calls, credentials, On Error': ['package.test', 'stop.test'],
	editor: ['editor.test'],
	'set-up by hand': ['firstCall.test', 'byHand.test'],
	'AI Agent': ['agentExample.test'],
	'trigger, also after a kill': ['restart.test'],
	'Retry after a crash': ['crash.test'],
	'data tables': ['callLog.test', 'withoutDataTables.test'],
};

export const SURFACE_FILES = Object.values(SURFACE).flat();

const TAKE_MINUTES = ['crash.test', ...SURFACE['set-up by hand']];

/** For every change. */
export const QUICK_SURFACE_FILES = SURFACE_FILES.filter((file) => !TAKE_MINUTES.includes(file));
