/**
 * The end-to-end tests that touch n8n's surface, by what they show: an n8n that passes them runs the
 * nodes. The others are about PolyAI, and the newest n8n is enough for them.
 */
export const SURFACE = {
	'calls, credentials, On Error': ['package.test', 'stop.test'],
	editor: ['editor.test'],
	'AI Agent': ['agentExample.test'],
	'trigger, also after a kill': ['restart.test'],
	'Retry after a crash': ['crash.test'],
	'data tables': ['callLog.test', 'withoutDataTables.test'],
};

export const SURFACE_FILES = Object.values(SURFACE).flat();

/** Without those that take minutes: for every change. */
export const QUICK_SURFACE_FILES = SURFACE_FILES.filter((file) => file !== 'crash.test');
