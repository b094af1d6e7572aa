/** Servers and clients resolve `.` and `..` even when they are encoded: nothing is called so. */
export function fitsIntoAPath(text: string): boolean {
	return !/^\.{0,2}$/.test(text) && !/\p{Surrogate}/u.test(text);
}
