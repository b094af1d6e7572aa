/** How a promise ended, as a value. */
export type Settled<Value> = { value: Value } | { error: unknown };

export async function settle<Value>(work: () => Promise<Value>): Promise<Settled<Value>> {
	return await work().then(
		(value) => ({ value }),
		(error: unknown) => ({ error }),
	);
}
