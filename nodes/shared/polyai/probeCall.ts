/**
 * A call that was never placed: asking for its status shows that PolyAI answers, and calls no one.
 */
export const PROBE_CALL = '00000000-0000-4000-8000-000000000000';
