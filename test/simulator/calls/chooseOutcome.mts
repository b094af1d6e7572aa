import type { Settings } from '../settings.mts';
import { magicOf } from './magicNumbers.mts';
import type { Outcome } from './outcomes.mts';

/** Number first, then the script, the magic numbers, the shares and the default. */
export function chooseOutcome(number: string, settings: Settings, random: () => number): Outcome {
	return (
		settings.outcomeByNumber[number] ??
		settings.outcomeScript.shift() ??
		(settings.magicNumbers ? magicOf(number)?.outcome : undefined) ??
		byShare(settings, random) ??
		settings.outcome
	);
}

function byShare({ outcomeShares }: Settings, random: () => number): Outcome | undefined {
	const shares = Object.entries(outcomeShares) as Array<[Outcome, number]>;
	if (shares.length === 0) return undefined;
	let draw = random();
	return shares.find(([, share]) => (draw -= share) < 0)?.[0];
}
