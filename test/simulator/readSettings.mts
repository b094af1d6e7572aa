import { z } from 'zod';
import { OUTCOME_NAMES, type OutcomeName } from './calls/outcomes.mts';
import { ERROR_SHAPES, type ErrorShape } from './faults/errorBodies.mts';
import { VERSION_NAMES } from './versions/versions.mts';
import type { VersionName } from './versions/apiVersion.mts';
import { readAs } from './readAs.mts';
import type { Settings } from './settings.mts';

const milliseconds = z.number().nonnegative();
const outcomeName = z.enum(OUTCOME_NAMES as [OutcomeName, ...OutcomeName[]]);
const word = z.string().min(1).optional();
const rateLimit = z
	.object({
		requests: z.number().int().positive(),
		perMs: z.number().positive(),
		retryAfterAs: z.enum(['seconds', 'date']).optional(),
	})
	.strict();

export const OUTCOME = z.union(
	[
		outcomeName,
		z
			.object({
				status: z.enum(['success', 'failure']),
				reason: z.string().optional(),
				failsInQueue: z.boolean().optional(),
				staysIn: z.enum(['queued', 'calling']).optional(),
				forgottenAtOnce: z.boolean().optional(),
				queuedMs: milliseconds.optional(),
				callingMs: milliseconds.optional(),
				answeredBy: z.enum(['HUMAN', 'VOICEMAIL', 'IVR']).optional(),
				callStatus: z
					.enum(['Success', 'Unavailable', 'Busy', 'Invalid Number', 'Declined', 'Error'])
					.optional(),
				sipCode: z.number().int().optional(),
				addedMs: milliseconds.optional(),
				noSummary: z.boolean().optional(),
				says: z.string().optional(),
				handoffReason: z.string().optional(),
				showsConversation: z.enum(['never', 'another']).optional(),
			})
			.strict(),
	],
	{
		errorMap: () => ({ message: `one of ${OUTCOME_NAMES.join(', ')}, or an object` }),
	},
);

const SETTINGS = z
	.object({
		versions: z.array(z.enum(VERSION_NAMES as [VersionName, ...VersionName[]])),
		unknownPath: z.union([z.literal(403), z.literal(404), z.literal(405)]),
		token: z.string(),
		apiKey: z.string(),
		agentId: z.string(),
		accountId: z.string(),
		g1Fields: z.enum(['ignored', 'accepted', 'refused']),
		environments: z.array(z.string()),
		variants: z.record(z.string()),
		latencyMs: milliseconds,
		rateLimit: rateLimit.nullable(),
		queuedMs: milliseconds,
		callingMs: milliseconds,
		retentionMs: milliseconds,
		unknownCall: z.union([z.literal(400), z.literal(403), z.literal(404)]),
		outcome: OUTCOME,
		outcomeByNumber: z.record(OUTCOME),
		outcomeScript: z.array(OUTCOME),
		outcomeShares: z.record(outcomeName, z.number().min(0).max(1)),
		magicNumbers: z.boolean(),
		words: z.object({ queued: word, calling: word, success: word, failure: word }).strict(),
		errorShape: z.enum(ERROR_SHAPES as [ErrorShape, ...ErrorShape[]]),
		transcripts: z.boolean(),
		addedMs: milliseconds,
		listedAfterMs: milliseconds,
		pagesShift: z.boolean(),
		seed: z.number().int(),
	} satisfies Record<keyof Settings, z.ZodTypeAny>)
	.partial()
	.strict() satisfies z.ZodType<Partial<Settings>>;

/** @throws Error in words for a setting that doesn't exist or has no such value */
export function readSettings(given: unknown): Partial<Settings> {
	return readAs(SETTINGS, given);
}
