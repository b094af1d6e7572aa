/** Who sits in front of the tool. */
export interface Person {
	/** The answer without spaces around it; empty if there is no one left to answer. */
	ask(question: string): Promise<string>;
	/** The same, and what is typed appears nowhere. */
	askSecret(question: string): Promise<string>;
	tell(line: string): void;
}
