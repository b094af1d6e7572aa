import type { z } from 'zod';

/**
 * Input from outside, validated; undefined counts as an empty object.
 *
 * @throws Error that says in one line what is wrong with it
 */
export function readAs<T>(schema: z.ZodType<T>, given: unknown): T {
	const read = schema.safeParse(given ?? {});
	if (read.success) return read.data;
	const problems = read.error.issues.map(({ path, message }) =>
		[path.join('.'), message].filter(Boolean).join(': '),
	);
	throw new Error(problems.join('; '));
}
