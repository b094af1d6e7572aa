interface Registration {
	context: object;
	/** How many polls in a row each came with a context of its own. */
	newContexts: number;
}

/**
 * Knows the first poll of a registration, which n8n does not tell. With n8n's usual engine every
 * poll of a registration comes with the same context, so a new context is a new registration. Its
 * durable scheduler makes a new context for every poll: three in a row give it away.
 */
export class Registrations {
	private readonly last = new Map<string, Registration>();

	/** Whether this poll may throw: the first one of a registration must not. */
	mayFail(trigger: string, context: object): boolean {
		const last = this.last.get(trigger);
		const isSame = last?.context === context;
		const newContexts = isSame ? 0 : (last?.newContexts ?? 0) + 1;
		this.last.set(trigger, { context, newContexts });
		return isSame || newContexts >= 3;
	}
}
