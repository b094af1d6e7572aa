import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { findChosenTable, openTable, readTableChoice } from '../../../n8n/dataTables/openTable';
import { tableField, tableMaker } from '../../../n8n/dataTables/tableField';
import { tableInUse } from '../../../n8n/dataTables/whenUsingTables';
import { wallClock } from '../../../n8n/wallClock';
import {
	CAMPAIGN,
	type CampaignRow,
	type CampaignTable,
} from '../../../shared/campaign/campaignRow';
import { People } from '../../../shared/campaign/people';
import { addedSentences } from '../../../shared/errors/addedSentences';
import { missingTable } from '../../../shared/dataTables/tables';

/** The default name of a new campaign. */
const usualName = 'PolyAI campaign';

const campaignField = tableField({
	kind: CAMPAIGN,
	name: 'campaign',
	usualName,
	createMethod: 'createCampaign',
});

/** "Create a new campaign" in its list. */
export const createCampaign = tableMaker({ kind: CAMPAIGN, usualName });

/** Parallel requests to n8n for the people of a campaign; n8n has other work, too. */
export const CAMPAIGN_CONCURRENCY = 5;

/** The data table in which a campaign keeps its people. */
export function campaignFields(description: string): INodeProperties[] {
	return [{ ...campaignField, description, required: true }, tableInUse];
}

/** The table of an item's campaign, made where it is chosen by a name that no table has. @throws CallError as `openTable` */
export async function openPeople(context: IExecuteFunctions, item: number): Promise<People> {
	const chosen = context.getNodeParameter(campaignField.name, item, '');
	const { rows } = await openTable<CampaignRow>(context, CAMPAIGN, chosen);
	return new People(rows, wallClock, Math.random);
}

/** The same for who adds no one. @throws CallError `notFound` when there is no such table yet */
export async function findCampaignTable(
	context: IExecuteFunctions,
	item: number,
): Promise<CampaignTable> {
	const chosen = context.getNodeParameter(campaignField.name, item, '');
	const found = await findChosenTable<CampaignRow>(context, CAMPAIGN, chosen);
	if (found) return found.rows;
	const missing = missingTable(CAMPAIGN, readTableChoice(chosen).value);
	throw missing.saying({ last: addedSentences.campaignByAddPerson() });
}

/** @throws CallError as `findCampaignTable` */
export async function findPeople(context: IExecuteFunctions, item: number): Promise<People> {
	return new People(await findCampaignTable(context, item), wallClock, Math.random);
}
