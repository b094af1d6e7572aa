import { startDataTable, type DataTableServer } from './dataTableServer.mts';

/** The n8n with a data table for a test file that imports it; it's reset before every test. */
export let n8n: DataTableServer;

beforeAll(async () => {
	n8n = await startDataTable();
});

beforeEach(() => n8n.reset());

afterAll(async () => await n8n.close());
