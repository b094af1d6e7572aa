/** @returns undefined if the text isn't JSON, which itself can't express undefined */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
