import type { IDataObject, INodeExecutionData, IPollFunctions } from 'n8n-workflow';
import { openCredential } from '../n8n/authentication';
import { readEnvironment } from '../n8n/environmentField';
import { nodeErrorOf } from '../n8n/nodeError';
import { openSender } from '../n8n/openSender';
import { keepTrigger, recallTrigger } from '../n8n/savedMemory';
import { wallClock } from '../n8n/wallClock';
import { fallBackToConversation, withConversationFallback } from '../n8n/fallBackToConversation';
import { includeConversation } from '../n8n/includeConversation';
import { badRequest } from '../shared/errors/badRequest';
import { toResult } from '../shared/toResult';
import { MOST_IN_FLIGHT } from '../shared/tracking/adaptiveConcurrency';
import { TriggerMemory } from '../shared/tracking/triggerMemory';
import { withConversations } from './withConversations';
import { LARGEST_SHARE_OF_A_REQUEST, REQUEST_TIMEOUT_MS, POLL_BUDGET_MS } from './pollLimits';
import { isFirstOfRegistration } from './firstPoll';
import type { CallEvent, Poll, Source } from './sources/source';
import { sources } from './sources/sources';

type Items = INodeExecutionData[][] | null;

/**
 * One poll. The first of a registration never throws: n8n would deactivate a trigger that fails at
 * its start for good. Later ones do, so that a refused token shows as a failed execution.
 */
export async function poll(context: IPollFunctions): Promise<Items> {
	const source = chosenSource(context);
	if (context.getMode() === 'manual') return [[{ json: await sampleOf(context, source) }]];
	const memory = recallTrigger(context);
	const isFirst = isFirstOfRegistration(context);
	const mode = context.getActivationMode?.();
	if (isFirst && (mode === 'activate' || mode === 'update')) {
		memory.published(mode === 'activate', wallClock.now());
	}
	// n8n starts a poll even if the previous one hasn't ended yet.
	if (memory.isPolling) return null;
	memory.isPolling = true;
	const result = await toResult(async () => await report(await openPoll(context, memory), source));
	memory.isPolling = false;
	if ('value' in result) return result.value;
	if (!isFirst) throw nodeErrorOf(context.getNode(), result.error);
	const { message } = result.error as Error;
	context.logger.warn(`PolyAI Outbound Trigger could not poll at its start: ${message}`);
	return null;
}

async function report(poll: Poll, source: Source): Promise<Items> {
	const { context, memory } = poll;
	const { ended, close, refused } = await source.poll(poll);
	const wanted = ended.filter(({ status }) => poll.events.includes(status as CallEvent));
	const items = await withConversations(poll, wanted);
	const isReporting = items.length > 0;
	keepTrigger(context, memory, isReporting);
	await close?.(isReporting);
	if (isReporting) return [context.helpers.returnJsonArray(items)];
	return refused ? await Promise.reject(refused) : null;
}

async function sampleOf(context: IPollFunctions, source: Source): Promise<IDataObject> {
	const work = async () => {
		const poll = await openPoll(context, new TriggerMemory('', ''));
		const { ended, refused, whyNone } = await (source.sample?.(poll) ?? source.poll(poll));
		const why = ended.length > 0 ? undefined : (refused ?? whyNone);
		if (why) throw why;
		return (await withConversations(poll, ended.slice(0, 1)))[0];
	};
	const sample = await toResult(work);
	if ('error' in sample) throw nodeErrorOf(context.getNode(), sample.error);
	if (sample.value) return sample.value;
	throw nodeErrorOf(context.getNode(), source.noSample());
}

async function openPoll(context: IPollFunctions, memory: TriggerMemory): Promise<Poll> {
	const now = wallClock.now();
	const authentication = context.getNodeParameter('authentication', 'apiToken');
	const { account, accountKey, ...credential } = await openCredential(context, authentication);
	memory.polls(accountKey, now);
	const options = context.getNodeParameter('options', {}) as IDataObject;
	const includesConversation = includeConversation.read(options);
	// It isn't an option if the list of conversations falls back by itself.
	const fallsBack = 'fallBackToConversation' in options && fallBackToConversation.read(options);
	const budget = Math.min(context.getPollBudgetMs?.() ?? POLL_BUDGET_MS, POLL_BUDGET_MS);
	const timeoutMs = Math.min(REQUEST_TIMEOUT_MS, budget * LARGEST_SHARE_OF_A_REQUEST);
	const sender = openSender(context, credential, { concurrency: MOST_IN_FLIGHT, timeoutMs });
	return {
		context,
		memory,
		account: withConversationFallback(account, includesConversation || fallsBack),
		includesConversation,
		environment: readEnvironment(authentication, context.getNodeParameter('environment', '')),
		events: context.getNodeParameter('events') as CallEvent[],
		until: now + budget - timeoutMs,
		sender: {
			...sender,
			/** No request outlasts the poll. */
			get timeoutMs() {
				return Math.max(1, Math.min(timeoutMs, now + budget - sender.clock.now()));
			},
		},
	};
}

function chosenSource(context: IPollFunctions): Source {
	const value = context.getNodeParameter('source');
	const chosen = sources.find((source) => source.value === value);
	if (chosen) return chosen;
	throw nodeErrorOf(context.getNode(), badRequest.unknownSource());
}
