import type { IDataObject } from 'n8n-workflow';
import { errorItemJson } from '../../../../../nodes/n8n/nodeError.ts';
import { describeCalls } from '../../../../../nodes/PolyAiOutbound/run/placedCalls.ts';
import type { Outcome } from '../../../../../nodes/PolyAiOutbound/run/runItems.ts';
import type { CallError } from '../../../../../nodes/shared/errors/callError.ts';
import { isThrown } from './execution.mts';
import type { PlayedRun } from './nodeRun.mts';
import type { Played } from './play.mts';
import { isFlawless } from './story.mts';
import { callsTo, isCounted, mostCalls, numberOf, wantedCall } from './wantedCall.mts';

/** What must hold for every story, whatever happens in it: each returns what breaks it. */
export const PROMISES: Record<string, (played: Played) => unknown[]> = {
	nobodyIsRungTwice,
	nobodyIsCalledInDoubt,
	everyItemComesOutOnce,
	nobodyIsLeftOutWithoutAWord,
	everyCallSidIsSaid,
	everyVoiceAgentIsTold,
	limitsAreKept,
};

/** By an execution, by a Retry of it, or by another worker that runs it again. */
function nobodyIsRungTwice({ polyAi, lives }: Played): string[] {
	return lives.flatMap((life) => {
		const people = [...new Set(life.execution.plan.work.rounds.flat())];
		return people.flatMap((person) => {
			const isToPerson = (call: string) => call.startsWith(callsTo(life, person));
			const calls = polyAi.dials.map(({ call }) => call).filter(isToPerson);
			const tooMany = calls.slice(mostCalls(life, person));
			const askedAgain = polyAi.askedAgain.filter(isToPerson);
			return isCounted(life, person) ? tooMany : [...tooMany, ...askedAgain];
		});
	});
}

function nobodyIsCalledInDoubt({ runs }: Played): string[] {
	return runs.flatMap(({ network }) => network.sentInDoubt);
}

function everyItemComesOutOnce({ polyAi, runs }: Played): unknown[] {
	const wrong = itemsOf(runs).filter(({ run, outcome, call, phoneNumber }) => {
		if (run.last.outcomes.length !== run.people.length) return true;
		if (!('value' in outcome)) return false;
		const json = outcome.value as IDataObject;
		const dial = polyAi.dials.find(({ callSid }) => callSid === json.callSid);
		const isRight =
			json.status === 'skipped' || (dial?.call === call && dial.number === phoneNumber);
		return json.phoneNumber !== phoneNumber || !isRight;
	});
	return wrong.map(brief);
}

/** People who weren't called have an item that says why, and the reason is true. */
function nobodyIsLeftOutWithoutAWord(played: Played): unknown[] {
	const { given, polyAi, runs } = played;
	const items = itemsOf(runs);
	const wrong = items.filter(({ run, outcome, call, phoneNumber }) => {
		const wasCutOff = () => isCutOff(played, run, phoneNumber);
		const mayHaveRung = () => polyAi.asked.has(call) || wasCutOff();
		if ('error' in outcome) {
			const isUnknown = (outcome.error as CallError).code === 'outcomeUnknown';
			// Where nothing else goes wrong, everyone is called whom no crash has concerned.
			const mustBeCutOff = isFlawless(given) && !isThrown(run.life, run.last);
			if (mustBeCutOff) return !isUnknown || !wasCutOff();
			return isUnknown && !mayHaveRung();
		}
		if ((outcome.value as IDataObject).status !== 'skipped') return false;
		const hasFailed = () => items.some((one) => one.call === call && 'error' in one.outcome);
		return !given.skipDuplicates || !(mayHaveRung() || hasFailed());
	});
	return wrong.map(brief);
}

/** Whether someone else had written down a call to this number, which may have been this one. */
function isCutOff({ list }: Played, { life }: PlayedRun, phoneNumber: string): boolean {
	return list.written.some(({ key, by, process }) => {
		const isOther = process !== life.process || by !== life.execution.id;
		return isOther && key.includes(phoneNumber);
	});
}

/**
 * In an item that comes out, or in the error that n8n shows instead. At Stop the calls of earlier
 * tries, whose items weren't reached again, are in what `recordOnStop` writes.
 */
function everyCallSidIsSaid({ runs }: Played): string[] {
	return runs.flatMap(({ life, last, placed, wasStopped, network }) => {
		const wasThrown = isThrown(life, last) && !wasStopped;
		const items = last.outcomes.map((outcome) => {
			return 'value' in outcome ? outcome.value : errorItemJson(outcome.error);
		});
		const said = [
			wasThrown ? '' : JSON.stringify(items),
			wasThrown || wasStopped ? describeCalls(placed.all()) : '',
		].join();
		return network.sids.filter((callSid) => !new RegExp(`${callSid}\\b`).test(said));
	});
}

function everyVoiceAgentIsTold({ given, polyAi }: Played): unknown[] {
	return polyAi.dials.filter(({ call, metadata }) => {
		const told = (metadata as IDataObject | undefined)?.call;
		return told !== (given.hasMetadata ? call : undefined);
	});
}

function limitsAreKept({ given, runs }: Played): unknown[] {
	return runs
		.map(({ network: { mostInFlight, requestsAfterStop } }) => ({
			mostInFlight,
			requestsAfterStop,
		}))
		.filter(({ mostInFlight, requestsAfterStop }) => {
			return mostInFlight > given.concurrency || requestsAfterStop > 0;
		});
}

const brief = ({ call, outcome }: { call: string; outcome: Outcome }) => ({ call, outcome });

/** Every item of every run, with the call that it asked for. */
function itemsOf(runs: readonly PlayedRun[]) {
	return runs.flatMap((run) => {
		return run.last.outcomes.map((outcome: Outcome, item) => {
			const person = run.people[item];
			const call = wantedCall(run.life, run.run, item, person);
			return { run, outcome, call, phoneNumber: numberOf(person) };
		});
	});
}
