import { readdirSync, readFileSync } from 'node:fs';
import { COLUMNS } from '../../../nodes/shared/callLog/logRow.ts';

interface Example {
	nodes: Array<{ name: string; parameters: { columns?: { column?: Array<{ name: string }> } } }>;
}

const logs = readdirSync('examples')
	.filter((file) => file.endsWith('.json'))
	.flatMap((file) => {
		const { nodes } = JSON.parse(readFileSync(`examples/${file}`, 'utf8')) as Example;
		const made = nodes.filter(({ name }) => name === 'Create the Call Log');
		return made.map(({ parameters }) => [file, parameters.columns?.column ?? []] as const);
	});

test('examples make call logs', () => {
	expect(logs).toHaveLength(1);
});

test.each(logs)('the call log of %s has all columns', (_, columns) => {
	expect(columns.map(({ name }) => name)).toEqual([...COLUMNS]);
});
