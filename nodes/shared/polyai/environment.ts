/** The environments of an agent (docs/polyai-api.md § 1, G3); the last one is for real customers. */
export const ENVIRONMENTS = ['sandbox', 'pre-release', 'live'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

/** The one that people mean if they don't say. */
export const DEFAULT_ENVIRONMENT: Environment = 'live';
