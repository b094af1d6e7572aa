import type { IPollFunctions } from 'n8n-workflow';
import { environmentField } from '../../n8n/environmentField';
import { isFinal } from '../../shared/polyai/callStatus';
import { callTracker } from '../../shared/tracking/callTracker';
import type { CallEnd } from '../../shared/tracking/trackedCall';
import type { Look } from '../../shared/sending/readStatus';
import { recallReported, saveReported } from '../reported';
import { lookAtGiven } from './lookAtGiven';
import { callJson, type Poll, type Source } from './source';

/** A handful of calls that the person names. */
export const callSids: Source = {
	value: 'callSids',
	name: 'Given Call SIDs',
	description: 'A few calls whose call SIDs you know, also such that were placed elsewhere',
	fields: [
		{
			displayName: 'Call SIDs',
			name: 'callSids',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. 550e8400-e29b-41d4-a716-446655440000',
			description:
				'One or many, separated by commas or line breaks, or a list by an expression. Each call is reported once.',
		},
		environmentField,
	],
	howToGetOne:
		'Enter the call SID of a call that has ended within the last two hours, and fetch the test event again.',

	async poll(poll, events) {
		const reported = recallReported(poll);
		const waiting = givenSids(poll.context).filter((callSid) => !reported.has(callSid));
		const { ends, refused } = await look(poll, waiting, askedInVainBy(poll.trigger));
		for (const [callSid, { finishedAt }] of ends) reported.add(callSid, finishedAt);
		const wanted = [...ends].filter(([, { status }]) => events.includes(status));
		if (wanted.length > 0) saveReported(poll.context, reported);
		return { items: wanted.map(endJson), refused };
	},

	async sample(poll) {
		const { ends, refused } = await look(poll, givenSids(poll.context), new Set());
		if (refused) throw refused;
		const [first] = ends;
		return first && endJson(first);
	},
};

/**
 * PolyAI may not know a new call at once, so a trigger asks for it in two polls before it counts as
 * gone. By trigger, the calls that it has asked for once.
 */
const askedInVain = new Map<string, Set<string>>();

function askedInVainBy(trigger: string): Set<string> {
	const known = askedInVain.get(trigger) ?? new Set<string>();
	askedInVain.set(trigger, known);
	return known;
}

async function look(poll: Poll, callSids: string[], inVain: Set<string>) {
	const ends = new Map<string, CallEnd>();
	const calls = callSids.map((callSid) => ({ callSid }));
	const refused = await lookAtGiven(poll, calls, (callSid, seen) => {
		const end = endSeen(callSid, seen, inVain, poll.sender.clock.now());
		if (end) ends.set(callSid, end);
	});
	return { ends, refused };
}

function endSeen(
	callSid: string,
	look: Look,
	inVain: Set<string>,
	finishedAt: number,
): CallEnd | undefined {
	if ('state' in look) {
		const { status, reason } = look.state;
		if (!isFinal(status)) return undefined;
		return { status: status as 'success' | 'failure', reason, finishedAt };
	}
	if (look.error.code !== 'notFound') return undefined;
	if (inVain.delete(callSid)) {
		return { status: 'unavailable', reason: 'PolyAI does not know this call', finishedAt };
	}
	inVain.add(callSid);
	return undefined;
}

/** With what is known of the call when this n8n placed it. */
function endJson([callSid, end]: [string, CallEnd]) {
	const call = callTracker.find(callSid);
	if (call) return callJson({ ...call, end });
	const { status, reason, finishedAt } = end;
	return {
		callSid,
		status,
		...(reason && { reason }),
		finishedAt: new Date(finishedAt).toISOString(),
	};
}

function givenSids(context: IPollFunctions): string[] {
	const given = context.getNodeParameter('callSids') as unknown;
	const list = Array.isArray(given) ? given : String(given ?? '').split(/[\s,;"[\]]+/);
	const callSids = list.map((callSid) => String(callSid).trim()).filter(Boolean);
	return [...new Set(callSids)];
}
