import { magicOf } from '../calls/magicNumbers.mts';
import { seededRandom } from '../random.mts';
import type { Settings } from '../settings.mts';
import type { Fault, FaultEffect, FaultFunction, RequestSeen } from './fault.mts';

/** The faults that are on, in the order in which they were added; the first that matches wins. */
export class FaultList {
	private faults: Array<Fault | FaultFunction> = [];
	private readonly left = new Map<Fault, number>();
	private readonly magicUses = new Map<string, number>();
	private random: () => number;

	constructor(private readonly settings: Settings) {
		this.random = seededRandom(settings.seed);
	}

	/** Returns a function that removes the fault. */
	add(fault: Fault | FaultFunction): () => void {
		const added = typeof fault === 'function' ? fault : { ...fault };
		this.faults.push(added);
		if (typeof added !== 'function') this.left.set(added, added.times ?? Infinity);
		return () => this.remove(added);
	}

	/** The faults in the list, for people to read; functions can't be shown. */
	list(): Fault[] {
		return this.faults
			.filter((fault): fault is Fault => typeof fault !== 'function')
			.map((fault) =>
				fault.times === undefined ? fault : { ...fault, times: this.left.get(fault) },
			);
	}

	pick(request: RequestSeen): FaultEffect | undefined {
		for (const fault of this.faults) {
			const effect = typeof fault === 'function' ? fault(request) : this.use(fault, request);
			if (effect) return effect;
		}
		return this.magic(request);
	}

	clear(): void {
		this.faults = [];
		this.left.clear();
		this.magicUses.clear();
		this.reseed();
	}

	/** Shares are drawn anew from the settings' seed. */
	reseed(): void {
		this.random = seededRandom(this.settings.seed);
	}

	private use(fault: Fault, request: RequestSeen): FaultEffect | undefined {
		const left = this.left.get(fault) ?? 0;
		if (left <= 0 || !matches(fault, request)) return undefined;
		if (fault.share !== undefined && this.random() >= fault.share) return undefined;
		this.left.set(fault, left - 1);
		return fault;
	}

	private magic({ operation, number }: RequestSeen): FaultEffect | undefined {
		if (operation !== 'trigger' || !number || !this.settings.magicNumbers) return undefined;
		const magic = magicOf(number);
		const uses = this.magicUses.get(number) ?? 0;
		if (!magic?.onTrigger || uses >= (magic.times ?? Infinity)) return undefined;
		this.magicUses.set(number, uses + 1);
		return magic.onTrigger;
	}

	private remove(fault: Fault | FaultFunction): void {
		this.faults = this.faults.filter((other) => other !== fault);
	}
}

function matches({ on, numbers, callSids, path }: Fault, request: RequestSeen): boolean {
	return (
		(!on || (request.operation !== undefined && [on].flat().includes(request.operation))) &&
		(!numbers || (request.number !== undefined && numbers.includes(request.number))) &&
		(!callSids || (request.callSid !== undefined && callSids.includes(request.callSid))) &&
		(!path || request.path === path)
	);
}
