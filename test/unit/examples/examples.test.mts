import { readdirSync, readFileSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';

interface ExampleNode {
	name: string;
	type: string;
	parameters: IDataObject;
	credentials?: Record<string, { id: string | null; name: string }>;
}

interface Example {
	nodes: ExampleNode[];
	connections: Record<string, { main?: Array<Array<{ node: string }>> }>;
	/** By node */
	pinData?: Record<string, Array<{ json: IDataObject }>>;
}

const examples = readdirSync('examples').map((file) => {
	return [file, JSON.parse(readFileSync(`examples/${file}`, 'utf8')) as Example] as const;
});

const noteOf = ({ nodes }: Example) => {
	const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
	return notes.map(({ parameters }) => String(parameters.content)).join('\n');
};

/** Of n8n's and other screens, and of tables. */
const OTHER_NAMES = [
	...[
		'Get rows',
		'Update',
		'Update row',
		'Execute step',
		'Add human review step',
		'Chat',
		'Slack',
		'Gmail',
	],
	...['Message', 'Workflow settings → Timezone', 'At Specified Time', 'row_number', 'phone'],
	...[
		'PolyAI calls',
		'PolyAI calls to leads',
		'PolyAI do-not-call list',
		'PolyAI agent reports',
		'Leads of the PolyAI example',
		'Wait Timeout (Minutes)',
		'PolyAI campaign',
		'PolyAI campaign for a CRM segment',
	],
	...[
		'Tracked Call Ended',
		'Trigger and Wait',
		'Include Input Fields',
		'Calling Hours',
		'Direction',
	],
	...['CRM: call a new lead and write the outcome back', 'Max Live Calls', 'Do-Not-Call List'],
	...['Trigger', 'Unblock', 'Using Response Nodes'],
	...['Crashed', 'Executions', 'Get Status'],
	...['PolyAI Data Tables API', 'Not called', 'Not known yet', 'purpose'],
	...['PolyAI account', 'PolyAI Data Tables account'],
	...['Call log with follow-up of failures', 'Wait for results and survive a restart'],
	...['Please remind Ada at +44 20 7946 0101 of her appointment tomorrow'],
];

test.each(examples)('%s: what a note names is there', (_, example) => {
	const named = [...noteOf(example).matchAll(/(?<![*\w])\*([^*\n]+)\*(?!\*)/g)].map(
		([, name]) => name,
	);
	const known = new Set([...example.nodes.map(({ name }) => name), ...OTHER_NAMES]);
	expect(named.filter((name) => !known.has(name ?? ''))).toEqual([]);
});

/**
 * With null in place of an ID, n8n takes the credential of that name when it imports the example. It doesn't
 * save another one that a person chooses, until the node is given one where there was none.
 */
const TAKEN_BY_NAME: Record<string, string[][]> = {
	'call-log-with-follow-up.json': [
		['Call the Customers', 'polyAiApi'],
		['A Call Has Ended', 'polyAiApi'],
		['A Call Has Ended', 'polyAiDataTablesApi'],
	],
};

test.each(examples)('%s: n8n asks for each credential, or chooses it', (file, { nodes }) => {
	const credentials = nodes.flatMap(({ name, credentials = {} }) => {
		return Object.entries(credentials).map(([type, { id }]) => ({ node: [name, type], id }));
	});
	expect(credentials.filter(({ id }) => id)).toEqual([]);
	const takenByName = credentials.filter(({ id }) => id === null).map(({ node }) => node);
	expect(takenByName).toEqual(TAKEN_BY_NAME[file] ?? []);
});

const campaigns = examples.filter(([, { nodes }]) => {
	return nodes.some(({ parameters }) => parameters.operation === 'run');
});

test.each(campaigns)('%s: those who are called are those who were added', (_, { nodes }) => {
	const ofCampaign = nodes.filter(({ parameters }) => parameters.resource === 'campaign');
	const [added, called] = ['addPerson', 'run'].map((operation) => {
		return ofCampaign.find(({ parameters }) => parameters.operation === operation);
	});
	expect(called?.parameters.campaign).toEqual(added?.parameters.campaign);
});

test.each(campaigns)('%s: a run has ended when the next one starts', (_, { nodes }) => {
	const every = nodes.filter(({ name }) => name === 'Every Minute');
	expect(every.map(({ parameters }) => parameters.rule)).toEqual([
		{ interval: [{ field: 'minutes', minutesInterval: 1 }] },
	]);
});

/** The node that stands for somebody's own rows: they are pinned to it, or all that its code has. */
function sampleOf({ nodes, pinData = {} }: Example): ExampleNode | undefined {
	return nodes.find(({ name, type, parameters }) => {
		const isCode = type === 'n8n-nodes-base.code';
		return name in pinData || (isCode && /^return \[/.test(String(parameters.jsCode)));
	});
}

const withSampleRows = examples.filter(([, example]) => sampleOf(example));

test('nine examples begin with sample rows', () => {
	expect(withSampleRows).toHaveLength(9);
});

describe.each(withSampleRows)('%s survives the exchange of its sample rows', (_, example) => {
	const { nodes, connections } = example;
	const sample = sampleOf(example) as ExampleNode;
	const pinned = example.pinData?.[sample.name];
	const [[following]] = connections[sample.name]?.main as [[{ node: string }]];
	const call = nodes.find(({ name }) => name === following.node) as ExampleNode;

	test('the note says which node to replace, and what to check in the one that calls', () => {
		if (pinned) expect(noteOf(example)).toContain('press **Unpin**');
		expect(noteOf(example)).toMatch(
			new RegExp(`[Dd]elete (\\*[^*]+\\*,? (and )?)*\\*${sample.name}\\*`),
		);
		expect(noteOf(example)).toContain('**Phone Number**');
		expect(call.type).toBe('n8n-nodes-polyai.polyAiOutbound');
	});

	test('it puts out one item for each row, with the columns that the call reads', () => {
		const rows = pinned
			? pinned.map(({ json }) => json)
			: (new Function(String(sample.parameters.jsCode))() as IDataObject[]);
		expect(rows.length).toBeGreaterThan(2);
		const columns = [...JSON.stringify(call.parameters).matchAll(/\$json\.(\w+)/g)];
		for (const [, column] of columns) for (const row of rows) expect(row).toHaveProperty([column!]);
	});

	test('nothing but the rows’ own columns is read behind it, so that any node may stand there', () => {
		expect(JSON.stringify(nodes)).not.toContain(`$('${sample.name}')`);
		expect(call.parameters.options).toMatchObject({ includeInputFields: true });
	});

	test('it ends in results that can be written back, and says who was not called', () => {
		const columnsOf = (name: string) => {
			const { parameters } = nodes.find((node) => node.name === name) ?? {};
			const { assignments = [] } = (parameters?.assignments ?? {}) as {
				assignments?: IDataObject[];
			};
			return assignments.map((assignment) => assignment.name);
		};
		const wanted = ['phoneNumber', 'result', 'reason', 'callSid'];
		expect(columnsOf('Results')).toEqual(expect.arrayContaining(wanted));
		const [, failed] = connections[call.name]?.main ?? [];
		expect(failed?.map(({ node }) => node)).toEqual([
			expect.stringMatching(/^(Rows to Check|Save the Reason)$/),
		]);
	});
});
