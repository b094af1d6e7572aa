/** How a promise ended, as a value. */
export type Result<Value> = { value: Value } | { error: unknown };

export async function toResult<Value>(work: () => Promise<Value>): Promise<Result<Value>> {
	return await work().then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
}
