import { z } from 'zod';
import { ERROR_SHAPES, type ErrorShape } from './errorBodies.mts';
import type { Fault } from './fault.mts';
import { readAs } from '../readAs.mts';

const KIND = z.enum(['trigger', 'status', 'variants', 'conversation', 'recording', 'list']);
const BROKEN = ['never', 'reset', 'hangUp', 'garbage', 'empty', 'truncated', 'expired'] as const;

const FAULT = z
	.object({
		on: z.union([KIND, z.array(KIND)]),
		times: z.number().int().positive(),
		numbers: z.array(z.string()),
		callSids: z.array(z.string()),
		path: z.string(),
		share: z.number().min(0).max(1),
		answer: z.union([z.number().int().min(200).max(599), z.enum(BROKEN)], {
			errorMap: () => ({ message: `a status from 200 to 599, or ${BROKEN.join(', ')}` }),
		}),
		dials: z.boolean(),
		body: z.enum(ERROR_SHAPES as [ErrorShape, ...ErrorShape[]]),
		message: z.string(),
		retryAfter: z.union([z.number(), z.string()]),
		retryAfterAs: z.enum(['seconds', 'date']),
		location: z.string(),
		delayMs: z.number().nonnegative(),
	})
	.partial()
	.strict() satisfies z.ZodType<Fault>;

/** @throws Error with the reason for anything but a fault, so that typos don't go unnoticed */
export function readFault(given: unknown): Fault {
	return readAs(FAULT, given);
}

/** As the command line has it: `429`, `never`, or a whole fault in JSON. */
export function readFaultText(text: string): Fault {
	if (!text.startsWith('{')) {
		return readFault({ answer: /^\d+$/.test(text) ? Number(text) : text });
	}
	try {
		return readFault(JSON.parse(text));
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw new Error(`${text} is not JSON; the shell may want quotes around it`);
	}
}
