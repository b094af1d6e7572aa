import type { IDataObject } from 'n8n-workflow';
import { includeConversation } from '../../n8n/includeConversation';
import { simpleField } from '../../n8n/simpleField';
import { notFound } from '../../shared/errors/notFound';
import type { FeedReading } from '../../shared/polyai/conversations/conversationFeed';
import { listConversations } from '../../shared/polyai/conversations/listConversations';
import { outcomeOf } from '../../shared/polyai/conversations/outcome';
import { readCallStatus } from '../../shared/polyai/callStatus';
import { callTracker } from '../../shared/tracking/callTracker';
import { withoutAbsent } from '../../shared/withoutAbsent';
import { classifyEndings, type Ending } from '../conversations/classifyEndings';
import { projectFields, projectOf, type Project } from '../conversations/project';
import { recallFeed } from '../conversations/recallFeed';
import { toCallOutput, type Poll, type Source } from './source';

const DAY_MS = 24 * 60 * 60_000;

/** For conversations that are still going on, each of which takes a request. */
const REQUESTS_AT_ONCE = 10;

/** Of each page of the list, for a test event. */
const MOST_LOOKED_AT = 50;

/** PolyAI's own list: calls that were placed anywhere, in any setup of n8n (docs/design.md § 4). */
export const outboundConversations: Source = {
	value: 'outboundConversations',
	name: 'Outbound Conversation Ended',
	action: 'On outbound conversation ended',
	description:
		'All calls that the agent places, including outside n8n, from the list that PolyAI keeps. Works in queue mode.',
	fields: [...projectFields, simpleField],
	// The list of conversations falls back by itself.
	options: [includeConversation.field],
	noSample: notFound.endOfConversation,

	async poll(poll) {
		const project = projectOf(poll);
		const feed = recallFeed(poll, project.key);
		const { ended, overdue, refused } = await feed.read(readingOf(poll, project));
		const { classified, refused: alsoRefused } = await classifyEndings(poll, project, [
			...overdue,
			...ended,
		]);
		// No await from here on: what is remembered is what is reported.
		for (const callSid of classified.keys()) feed.memory.markDone(callSid);
		const endings = [...classified.values()].filter((ending) => ending !== undefined);
		return { ended: endings.map(endingJson(poll)), refused: refused ?? alsoRefused };
	},

	async sample(poll) {
		const project = projectOf(poll);
		const { list, now, goesOn } = readingOf(poll, project);
		const [from, to] = [now() - DAY_MS, now()];
		let cursor: string | undefined;
		do {
			const reply = await list({ from, to, cursor });
			if ('error' in reply) throw reply.error;
			const listed = reply.value.found.map(({ conversation }) => conversation);
			const ended = listed.filter(({ status }) => status !== 'calling');
			const { classified } = await classifyEndings(poll, project, ended.slice(0, MOST_LOOKED_AT));
			const ending = [...classified.values()].find((one) => one !== undefined);
			if (ending) return { ended: [endingJson(poll)(ending)] };
			cursor = reply.value.cursor;
		} while (cursor !== undefined && goesOn());
		return { ended: [] };
	},
};

function readingOf({ sender, until }: Poll, project: Project): FeedReading {
	const { account, workspaceId, environment } = project;
	return {
		list: async (page) =>
			await listConversations(sender, account, workspaceId, { ...page, environment }),
		now: () => sender.clock.now(),
		goesOn: () => sender.clock.now() < until,
		concurrency: REQUESTS_AT_ONCE,
	};
}

/**
 * The fields of the contract (docs/design.md § 2) and the outcome: with it ten, as many as n8n's
 * guidelines allow. Without Simplify, everything else in the list, too.
 */
function endingJson({ context }: Poll): (ending: Ending) => IDataObject {
	const isSimple = context.getNodeParameter('simple', true) !== false;
	return ({ conversation, end }) => {
		const { callSid, startedAt, ...told } = conversation;
		const known = callTracker.find(callSid) ?? { callSid };
		const state = { status: readCallStatus(end.status), reason: end.reason };
		return withoutAbsent({
			...(!isSimple && told),
			triggeredAt: startedAt,
			...toCallOutput(end, { phoneNumber: told.phoneNumber, ...known }),
			outcome: outcomeOf(state, conversation),
			// What is the same for all.
			direction: undefined,
		});
	};
}
