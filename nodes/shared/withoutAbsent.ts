/** The same fields, those that are undefined left out. */
export function withoutAbsent<Fields extends object>(fields: Fields): Fields {
	const told = Object.entries(fields).filter(([, value]) => value !== undefined);
	return Object.fromEntries(told) as Fields;
}
