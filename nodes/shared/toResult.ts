/** How a promise ended, as a value. */
export type Result<Value> = { value: Value } | { error: unknown };

export async function toResult<Value>(work: () => Promise<Value>): Promise<Result<Value>> {
	try {
		return { value: await work() };
	} catch (error) {
		return { error };
	}
}
