/** Servers and clients resolve `.` and `..` even if they are encoded, so these can't be names. */
export function fitsIntoAPath(text: string): boolean {
	return !/^\.{0,2}$/.test(text) && !/\p{Surrogate}/u.test(text);
}
