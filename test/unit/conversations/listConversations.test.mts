import { listConversations } from '../../../nodes/shared/polyai/conversations/listConversations.ts';
import { AGENTS_HOSTS, platformUrlOf } from '../../../nodes/shared/polyai/baseUrl.ts';
import { answer, scriptedSender } from '../../support/unit/sender.mts';
import { account } from '../../support/unit/conversations/agentAccount.mts';

const FROM = Date.UTC(2026, 10, 23, 12);
const QUERY = { from: FROM, to: FROM + 60_000, environment: 'live' };

async function list(body: unknown, cursor?: string) {
	const sender = scriptedSender(() => answer(200, body));
	const reply = await listConversations(sender, account, 'ws-1/..', { ...QUERY, cursor });
	return { reply, sent: sender.sent };
}

test('asks the platform for a stretch of time, page by page', async () => {
	const { sent } = await list({ conversations: [], cursor: null }, 'a+b');
	expect(sent).toHaveLength(1);
	const { origin, pathname, searchParams } = new URL(sent[0]!.url);
	expect(origin + pathname).toBe('https://platform.example/v3/ws-1%2F../PROJECT-1/conversations');
	expect(Object.fromEntries(searchParams)).toEqual({
		start_time: '2026-11-23T12:00:00.000Z',
		end_time: '2026-11-23T12:01:00.000Z',
		client_env: 'live',
		limit: '250',
		cursor: 'a+b',
	});
});

test('a row that cannot be read hides no other one', async () => {
	const { reply } = await list({ conversations: [null, 'row', {}, { id: 'OUT-1' }] });
	expect(reply).toMatchObject({ value: { found: [{ conversation: { callSid: 'OUT-1' } }] } });
});

test('a cursor that leads nowhere else ends the list', async () => {
	const conversations = [{ id: 'OUT-1' }];
	expect((await list({ conversations, cursor: 'next' })).reply).toHaveProperty(
		'value.cursor',
		'next',
	);
	for (const cursor of ['next', null, '']) {
		const { reply } = await list({ conversations, cursor }, 'next');
		expect(reply).not.toHaveProperty('value.cursor');
	}
});

test.each(['<html>', null, [], {}, { conversations: 'none' }])('%j is no page', async (body) => {
	const { reply } = await list(body);
	expect(reply).toMatchObject({ mayPass: true, error: { code: 'serverError' } });
});

test('the list of each region is where PolyAI’s platform is; of Studio none is known', async () => {
	const regions = Object.keys(AGENTS_HOSTS.urls);
	expect(regions.map((region) => [region, platformUrlOf({ region })])).toEqual([
		['us', 'https://api.us-1.platform.polyai.app'],
		['uk', 'https://api.uk-1.platform.polyai.app'],
		['eu', 'https://api.euw-1.platform.polyai.app'],
		['studio', undefined],
	]);
	const sender = scriptedSender(() => answer(200));
	const studio = { ...account, agent: { agentId: 'PROJECT-1' } };
	const reply = await listConversations(sender, studio, 'ws-1', QUERY);
	expect(reply).toMatchObject({ mayPass: false, error: { code: 'badRequest' } });
	expect(sender.sent).toEqual([]);
});
