import { startDataTable, type DataTableServer } from './dataTableServer.mts';

/** The n8n with a data table of a test file that imports it; every test finds it as new. */
export let n8n: DataTableServer;

beforeAll(async () => {
	n8n = await startDataTable();
});

beforeEach(() => n8n.reset());

afterAll(async () => await n8n.close());
