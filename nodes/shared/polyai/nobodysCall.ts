/** A call that nobody placed: asking for it shows that PolyAI answers, and rings nobody. */
export const NOBODYS_CALL = '00000000-0000-4000-8000-000000000000';
