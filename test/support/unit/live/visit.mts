import { askForAccess, type Access } from '../../../../scripts/live/askForAccess.mts';
import { askForNumber } from '../../../../scripts/live/askForNumber.mts';
import { fetchTransport } from '../../../../scripts/live/fetchTransport.mts';
import { confirmCall } from '../../../../scripts/live/confirmCall.mts';
import { firstContact } from '../../../../scripts/live/firstContact.mts';
import type { Person } from '../../../../scripts/live/person.mts';
import { recordingOf, type Recording } from '../../../../scripts/live/recording.mts';
import type { Visit } from '../../../../scripts/live/visit.mts';
import { reportOf } from '../../../../scripts/live/report.mts';
import type { SendHttp } from '../../../../nodes/shared/http/transport.ts';
import type { Simulator } from '../../../simulator/server.mts';
import type { VersionName } from '../../../simulator/versions/apiVersion.mts';
import { VirtualClock } from '../virtualClock.mts';

/** Reserved for fiction, and none of the simulator's magic numbers; VirtualClock begins at noon there. */
export const OWN_NUMBER = '+442079460321';

/** What a person types after their access. */
export const CONFIRMED = [OWN_NUMBER, OWN_NUMBER, 'call', '1'];

export function accessTo({ url, token, apiKey }: Simulator, version: VersionName): string[] {
	return version === 'g3'
		? ['2', url, 'PROJECT-SIMULATOR', 'live', 'ws-simulator', apiKey]
		: ['1', url, token];
}

/** Somebody who answers with the given lines, and then with nothing. */
export function scriptedPerson(lines: readonly string[]): Person & { screen: string[] } {
	const left = [...lines];
	const screen: string[] = [];
	const ask = async (question: string) => {
		screen.push(question);
		return await Promise.resolve(left.shift() ?? '');
	};
	return { screen, ask, askSecret: ask, tell: (line) => void screen.push(line) };
}

export interface VisitMade {
	recording: Recording;
	report: string;
	/** Everything that the person was shown. */
	screen: string;
}

/** The tool as a person at its terminal uses it, in virtual time. */
export async function visit(
	answers: readonly string[],
	{
		clock = new VirtualClock(),
		enough = new AbortController().signal,
		keep = () => {},
		between = (send) => send,
	}: {
		clock?: VirtualClock;
		enough?: AbortSignal;
		/** Called whenever there is something new to report. */
		keep?: (visit: Visit) => void;
		/** Changes what comes over the wire. */
		between?: (send: SendHttp) => SendHttp;
	} = {},
): Promise<VisitMade> {
	const person = scriptedPerson(answers);
	const access: Access = await askForAccess(person);
	const number = await askForNumber(person, clock.now());
	const phoneNumber = await confirmCall(access, number, person);
	const http = between(fetchTransport(access.headers));
	const seen = await firstContact(access, phoneNumber, {
		...{ person, clock, http, enough },
		keep,
	});
	const recording = recordingOf(seen, '0.1.0');
	return { recording, report: reportOf(recording), screen: person.screen.join('\n') };
}
