import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { isCarriedOut, type FaultEffect } from '../faults/fault.mts';
import type { Answer } from '../versions/apiVersion.mts';
import type { JournalEntry } from '../journal.mts';
import type { World } from '../world.mts';
import { observe, type Observed } from './observe.mts';
import { faultyAnswer, rightAnswer, shapeFor } from './polyAiAnswer.mts';
import type { WireRequest } from './readRequest.mts';
import { breakConnection, writeAnswer } from './writeAnswer.mts';

/** One request to PolyAI: recorded, carried out unless a fault prevents it, and answered. */
export async function handle(
	request: WireRequest,
	response: ServerResponse,
	world: World,
): Promise<void> {
	const observed = observe(request, world);
	const { entry } = observed;
	const endFlight = world.journal.begin(entry);
	response.once('close', endFlight);
	const correlationId = randomUUID();
	const effect = effectOn(observed, world);
	if (Object.keys(effect).length > 0) entry.fault = effect;

	if (effect.answer === 'expired') expire(entry, world);
	const right = isCarriedOut(effect)
		? carryOut(request, observed, world, correlationId)
		: undefined;

	const delay = world.settings.latencyMs + (effect.delayMs ?? 0);
	if (delay > 0) await world.sleep(delay);
	if (effect.answer === 'never' || response.destroyed) return;
	endFlight();
	if (effect.answer === 'reset' || effect.answer === 'hangUp') {
		entry.answer = breakConnection(response, effect.answer);
		return;
	}
	const answer = answerOf(effect, right, observed, world, correlationId);
	const mangle = mangleOf(effect);
	entry.answer = writeAnswer(response, {
		answer,
		mangle,
		...(!answer.isGateways && { correlationId }),
	});
}

/** A limit is checked before the work, and only for what is PolyAI's: not for an unknown path. */
function effectOn({ route, seen }: Observed, { rateLimit, faults }: World): FaultEffect {
	return (route && rateLimit.count()) ?? faults.pick(seen) ?? {};
}

/** The request's real effect: it may place a call, whatever the answer will be. */
function carryOut(
	request: WireRequest,
	{ route, entry }: Observed,
	world: World,
	correlationId: string,
): Answer {
	const answer = rightAnswer(request, route, world, correlationId);
	const call = answer.placed === undefined ? undefined : world.calls.find(answer.placed);
	if (call) {
		entry.dialed = true;
		entry.callSid = call.sid;
		const { number, sid, placedAt, version, environment, metadata } = call;
		world.journal.dial({ number, callSid: sid, at: placedAt, version, environment, metadata });
	}
	return answer;
}

function answerOf(
	effect: FaultEffect,
	right: Answer | undefined,
	{ version }: Observed,
	world: World,
	correlationId: string,
): Answer {
	if (typeof effect.answer !== 'number') return right ?? { status: 200, body: {} };
	if (effect.answer < 300 && right) {
		return right.status < 300 ? { ...right, status: effect.answer } : right;
	}
	const shape = effect.body ?? shapeFor(version, world);
	return faultyAnswer(effect, effect.answer, shape, correlationId, world.clock.now());
}

function mangleOf({ answer }: FaultEffect): 'garbage' | 'empty' | 'truncated' | undefined {
	return answer === 'garbage' || answer === 'empty' || answer === 'truncated' ? answer : undefined;
}

function expire({ callSid }: JournalEntry, { calls }: World): void {
	const call = callSid === undefined ? undefined : calls.find(callSid);
	if (call) calls.expire(call.sid);
}
