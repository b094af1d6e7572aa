import { CALL_LOG } from '../../shared/callLog/logRow';
import { tableField, tableMaker } from '../dataTables/tableField';

/** The default name of a new call log. */
const usualName = 'PolyAI calls';

/** The data table of the call log. */
export const callLogField = tableField({
	kind: CALL_LOG,
	name: 'callLog',
	usualName,
	createMethod: 'createCallLog',
});

/** "Create a new call log" in its list. */
export const createCallLog = tableMaker({ kind: CALL_LOG, usualName });
