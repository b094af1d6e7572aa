/** Rows as aligned text, below their column names. */
export function table(rows: Array<Record<string, unknown>>): string {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const lines = [columns, ...rows.map((row) => columns.map((name) => String(row[name] ?? '')))];
	const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
	return lines
		.map((line) =>
			line
				.map((cell, column) => cell.padEnd(widths[column]!))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
