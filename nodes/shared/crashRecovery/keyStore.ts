/** A durable set of keys that several processes share, such as the one that n8n keeps for a node. */
export interface KeyStore {
	/** Which set it is: two stores with the same place hold the same keys. */
	place: string;
	/** Adds keys, and returns those that were there before. Rejects if nothing could be written. */
	record(keys: string[]): Promise<ReadonlySet<string>>;
	giveBack(keys: string[]): Promise<void>;
}
