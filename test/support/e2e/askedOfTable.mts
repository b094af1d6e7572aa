import { Campaign } from '../../../nodes/shared/campaign/campaign.ts';
import { COLUMNS, type CampaignRow } from '../../../nodes/shared/campaign/campaignRow.ts';
import { People } from '../../../nodes/shared/campaign/people.ts';
import type { ColumnOf, Condition } from '../../../nodes/shared/dataTables/tableRows.ts';
import {
	is,
	isAfter,
	isBefore,
	isNot,
	TableRows,
} from '../../../nodes/shared/dataTables/tableRows.ts';
import type { HttpAnswer, HttpRequest } from '../../../nodes/shared/http/transport.ts';
import { DataTable } from '../unit/dataTable.mts';
import { senderThrough } from '../unit/sender.mts';
import { VirtualClock } from '../unit/virtualClock.mts';

const MINUTE = 60_000;

/** A request to a data table, relative to its rows, and the answer of the one in memory. */
export interface Asked {
	request: HttpRequest;
	answer: unknown;
}

const NOBODY = Object.fromEntries(COLUMNS.map((column) => [column, null])) as CampaignRow;

/** All that a campaign asks of its table, and more: each with what the table in memory answers. */
export async function askedOfTable(): Promise<Asked[]> {
	const asked: Asked[] = [];
	const clock = new VirtualClock();
	const memory = new DataTable<CampaignRow>();
	const send = async (request: HttpRequest): Promise<HttpAnswer> => {
		const answer = await memory.send(request);
		asked.push({ request, answer: structuredClone(answer.body) });
		return answer;
	};
	const sender = senderThrough(clock, send);
	const table = new TableRows<CampaignRow>({ baseUrl: 'http://n8n', sender }, 't');
	const campaign = new Campaign(table, clock, Math.random);
	const people = new People(table, clock, Math.random);
	const later = (minutes: number) => new Date(clock.now() + minutes * MINUTE).toISOString();
	const add = async (person: string, minutes: number, changes: Partial<CampaignRow> = {}) => {
		const phoneNumber = `+4420794600${person.length}`;
		const waiting = { state: 'waiting', attempts: '0', nextCallAt: later(minutes) };
		return (await people.add({ ...NOBODY, person, phoneNumber, ...waiting, ...changes })).row;
	};

	const cleo = await add('Cleo', -1);
	const ada = await add('Ada', -3, {
		callUntil: later(60),
		metadata: '{"a":"ü “b” \'c\' %_\\\\"}',
	});
	const ben = await add('Ben', -2);
	await add('Ben', -2);
	await add('Zoë + “Q” *!’()#?&=;/@:,$[]%20\'"', 60);
	await add('in an hour', 60);
	await add('paused', 0, { nextCallAt: '' });
	await add('paused as well', 0, { nextCallAt: null });
	await add('edited', 0, { nextCallAt: 'soon' });
	await add('just now', 0);
	const emptied = await add('with an emptied claim', -9, { claim: '' });
	for (const limit of [1, 2, 100]) await campaign.due(limit);
	await campaign.open();

	const claimed = (await campaign.claim(ada, undefined))!;
	// Someone else has read the row as it was.
	await campaign.claim(ada, 'live');
	await campaign.renew(claimed);
	await campaign.placed(claimed, { callSid: 'lost', status: 'queued' });
	const renewed = (await people.find('Ada'))[0]!;
	await campaign.placed(renewed, { callSid: 'OUT-1', status: 'queued' });
	const other = (await campaign.claim(ben, 'live'))!;
	await campaign.release(other, ben);
	await campaign.countCalling();
	await campaign.due(100);
	await people.stop((await people.find('Ada'))[0]!);
	// It was read before the stop, which is seen.
	await campaign.wait(renewed, clock.now() + MINUTE);
	const ended = (await campaign.end((await people.find('Ada'))[0]!, { outcome: 'stopped' }))!;
	await campaign.open();
	await campaign.close(ended);
	await campaign.close(ended);
	await people.stop(cleo);
	await people.stop(cleo);
	await campaign.takeOver((await people.find('Cleo'))[0]!);
	await people.update(ben, { ...ben, phoneNumber: '+442079460199' });
	await people.startOver(cleo, { ...NOBODY, person: 'Cleo', state: 'waiting' });
	await campaign.claim(emptied, undefined);
	await people.list(['waiting', 'ended'], 3);
	await people.list([], 100);
	// As a campaign's call log is asked for several people at once.
	const several = [is('person' as const, 'Ben'), is('person' as const, 'Cleo')];
	for (const limit of [1, 9]) await table.some(several, limit, 'person:desc', 'or');

	type Column = ColumnOf<CampaignRow>;
	for (const column of ['nextCallAt', 'claim', 'callSid', 'outcome'] as Column[]) {
		const conditions: Array<Condition<Column>> = [
			...[null, '', 'soon'].flatMap((value) => [is(column, value), isNot(column, value)]),
			...['', '3', later(0)].flatMap((value) => [isAfter(column, value), isBefore(column, value)]),
		];
		for (const condition of conditions) {
			await table.all([condition]);
			await table.all([condition, is('state', 'ended')], 'or');
			await table.all([condition, isNot('person', 'Ben')]);
		}
	}
	await table.remove([is('claim', null), isBefore('nextCallAt', later(0))]);
	await people.list([], 100);
	return asked;
}
