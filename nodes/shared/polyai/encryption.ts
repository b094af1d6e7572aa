/** How the call itself may be encrypted, as PolyAI spells it (docs/polyai-api.md § 1). */
export const ENCRYPTIONS = ['TLS/RTP', 'TLS/SRTP', 'UDP/RTP', 'UDP/SRTP'] as const;

export type Encryption = (typeof ENCRYPTIONS)[number];
