import { Campaign } from '../../../nodes/shared/campaign/campaign.ts';
import {
	NOT_CALLED_YET,
	type CampaignRow,
	type StoredPerson,
} from '../../../nodes/shared/campaign/campaignRow.ts';
import { People } from '../../../nodes/shared/campaign/people.ts';
import { TableRows } from '../../../nodes/shared/dataTables/tableRows.ts';
import { NoAnswer, type SendHttp } from '../../../nodes/shared/http/transport.ts';
import { DataTable } from '../../support/unit/dataTable.mts';
import { scriptedSender } from '../../support/unit/sender.mts';

let campaign: Campaign;
let people: People;
let row: StoredPerson;

/** Happens once n8n has carried out the next request, whose answer is lost then. */
let insteadOfAnswer: (() => void) | undefined;

/** As n8n has it now. */
let now: () => StoredPerson;

beforeEach(async () => {
	const table = new DataTable<CampaignRow>();
	const sender = {
		...scriptedSender(() => ({ status: 500, body: {}, headers: {} })),
		send: (async (request) => {
			const answer = await table.send(request);
			if (!insteadOfAnswer) return answer;
			insteadOfAnswer();
			insteadOfAnswer = undefined;
			throw new NoAnswer(true, 'reset');
		}) as SendHttp,
	};
	const rows = new TableRows<CampaignRow>({ baseUrl: 'http://n8n', sender }, 'table');
	campaign = new Campaign(rows, sender.clock, Math.random);
	people = new People(rows, sender.clock, Math.random);
	const empty = Object.fromEntries(
		['outcome', 'callUntil', 'callSid', 'status', 'reason', 'lastCallAt', 'endedAt'].map((name) => [
			name,
			null,
		]),
	);
	({ row } = await people.add({
		...(empty as unknown as CampaignRow),
		...{ person: 'Ann', phoneNumber: '+442079460018', state: 'waiting', attempts: '0' },
		...{ nextCallAt: '2026-11-23T12:00:00.000Z', metadata: null, environment: null, claim: null },
	}));
	now = () => table.rows[0] as StoredPerson;
});

describe('a stop that comes', () => {
	test('before a call is claimed keeps it from being claimed', async () => {
		await people.stop(row);
		expect(await campaign.claim(row, undefined)).toBeUndefined();
		expect(now()).toMatchObject({ state: 'ended', outcome: 'stopped', attempts: '0' });
	});

	test('while PolyAI asks to wait keeps the call from being sent again', async () => {
		const claimed = (await campaign.claim(row, undefined)) as StoredPerson;
		await people.stop(claimed);
		expect(await campaign.renew(claimed)).toBeUndefined();
		await campaign.release(claimed, row);
		expect(now()).toMatchObject({ state: 'waiting', outcome: 'stopped', attempts: '0' });
	});

	test('before a lost answer to the claim is looked up keeps the call from being sent again', async () => {
		insteadOfAnswer = () => (now().outcome = 'stopped');
		const claimed = (await campaign.claim(row, undefined)) as StoredPerson;
		expect(claimed).toMatchObject({ state: 'calling', claim: now().claim });
		expect(await campaign.renew(claimed)).toBeUndefined();
		await campaign.release(claimed, row);
		expect(now()).toMatchObject({ state: 'waiting', outcome: 'stopped', attempts: '0' });
	});

	test('while the end of the call is read keeps it from being called again', async () => {
		const claimed = (await campaign.claim(row, undefined)) as StoredPerson;
		await people.stop(claimed);
		expect(await campaign.wait(claimed, Date.UTC(2026, 10, 24))).toBe(false);
		expect(now()).toMatchObject({ state: 'calling', outcome: 'stopped' });
	});
});

describe('starting over', () => {
	const noon = '2026-11-24T12:00:00.000Z';
	const anew = () => ({ ...row, ...NOT_CALLED_YET, nextCallAt: noon });
	const ended = async () => {
		const claimed = (await campaign.claim(row, undefined)) as StoredPerson;
		return (await campaign.end(claimed, { outcome: 'reached' })) as StoredPerson;
	};

	test('with someone whose end hasn’t come out yet waits for it, and loses nothing of it', async () => {
		const end = await ended();
		expect(await people.startOver(row, anew())).toMatchObject({ state: 'waiting' });
		expect(now()).toMatchObject({ state: 'ended', outcome: 'reached', claim: end.claim });
		expect(await campaign.due(9)).toEqual([]);
		await campaign.close(end);
		const [open] = await campaign.open();
		await campaign.startOver(open as StoredPerson, noon);
		expect(now()).toMatchObject({ ...anew(), lastCallAt: null });
	});

	test('is stopped by a stop, and the end still comes out', async () => {
		const end = await ended();
		await people.startOver(row, anew());
		expect(await people.stop(now())).toBe(true);
		expect(now()).toMatchObject({ state: 'ended', outcome: 'reached', claim: end.claim });
		await campaign.close(end);
		expect(await campaign.open()).toEqual([]);
	});

	test('begins at once with someone whose end has come out', async () => {
		await campaign.close(await ended());
		await people.startOver(now(), anew());
		expect(now()).toMatchObject(anew());
	});

	test('leaves a call in progress alone, even if someone has edited its state', async () => {
		const claimed = (await campaign.claim(row, undefined)) as StoredPerson;
		await people.startOver(row, anew());
		expect(now()).toMatchObject({ state: 'calling', claim: claimed.claim });
		Object.assign(now(), { state: 'waiting' });
		await people.startOver(row, anew());
		expect(now()).toMatchObject({ claim: claimed.claim, attempts: '1' });
	});
});
