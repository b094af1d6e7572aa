/** Loaded into n8n before anything else, see clockAhead.mts. */
const aheadMs = Number(process.env.CLOCK_AHEAD_MS);
const RealDate = Date;
// Kept, since libraries of n8n set Date.now again.
const realNow = Date.now;
const now = () => realNow() + aheadMs;

globalThis.Date = new Proxy(RealDate, {
	construct: (target, given, newTarget) =>
		Reflect.construct(target, given.length > 0 ? given : [now()], newTarget) as Date,
	apply: () => new RealDate(now()).toString(),
	get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});
