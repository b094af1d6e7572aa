import type { INodeParameters } from 'n8n-workflow';

import {
	ALL_SPOKEN,
	secret,
	SPOKEN,
	type Spoken,
} from '../support/unit/simulator/polyAiClient.mts';
import { startSimulator } from '../simulator/server.mts';
import {
	call,
	credentialFor,
	dialed,
	errorOf,
	numbers,
	polyAi,
	run,
	sidsOf,
	speaking,
} from '../support/engine/polyAi.mts';

const ISO_UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe.each(ALL_SPOKEN)(
	'ten mixed rows of a spreadsheet, for a PolyAI that speaks %s',
	(version) => {
		const { trigger: path, body: wireBody } = SPOKEN[version];
		const good = [
			['020 7946 0018', '+442079460018', 'GB'],
			['0044 20 7946 0021', '+442079460021', 'GB'],
			['011 44 20 7946 0022', '+442079460022', 'GB'],
			[442079460023, '+442079460023', 'GB'],
			["'+44\u00a020\u00a07946\u00a00024", '+442079460024', 'GB'],
			['(202) 555-0125', '+12025550125', 'US'],
			['tel:+1-202-555-0126', '+12025550126', 'US'],
		] as const;
		const bad = [
			['', 'The phone number is empty', undefined],
			['+44 20', '“+44 20” is too short for a phone number', '+44 20'],
			['ask Bob', '“ask Bob” is not a phone number', 'ask Bob'],
		] as const;
		/** Good and bad in turns; American numbers are written as in the column beside says. */
		const rows = [
			good[0],
			bad[0],
			good[1],
			good[2],
			bad[1],
			good[3],
			good[4],
			good[5],
			bad[2],
			good[6],
		];

		async function runRows() {
			const { credentials, fields } = speaking(version);
			return await run({
				credentials,
				items: rows.map(([phone]) => ({
					phone,
					country: String(phone).startsWith('(202)') ? 'US' : 'GB',
				})),
				fields: { ...fields, defaultCountry: '={{ $json.country }}' },
				onError: 'continueRegularOutput',
			});
		}

		test('ten items come out, in order, each paired with its own', async () => {
			const { items, error } = await runRows();

			expect(error).toBeUndefined();
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(rows.map((_, item) => ({ item })));
		});

		test('every good number is dialed once, as E.164', async () => {
			const { items } = await runRows();

			expect(dialed().sort()).toEqual(good.map(([, e164]) => e164).sort());
			for (const [index, [, e164, country]] of rows.entries()) {
				if (!e164?.startsWith('+4420794600') && !e164?.startsWith('+1')) continue;
				const dial = polyAi.journal.dials.find(({ number }) => number === e164);
				expect(items[index]?.json).toEqual({
					callSid: dial?.callSid,
					status: 'queued',
					isFinal: false,
					phoneNumber: e164,
					country,
					triggeredAt: expect.stringMatching(ISO_UTC),
				});
			}
		});

		test('PolyAI gets exactly the number, at its trigger path, and nothing else', async () => {
			await runRows();

			const placing = polyAi.journal.requests.filter(({ dialed }) => dialed);
			expect(placing).toHaveLength(good.length);
			for (const request of placing) {
				const { number } = polyAi.journal.dials.find(({ callSid }) => callSid === request.callSid)!;
				expect([request.method, request.path]).toEqual(['POST', path]);
				expect(request.headers).toMatchObject(secretHeaders(version));
				expect(request.headers['content-type']).toMatch(/^application\/json/);
				expect(request.rawBody).toBe(JSON.stringify(wireBody(number)));
			}
		});

		test('every bad one is explained, in the one shape of a failed item', async () => {
			const { items } = await runRows();

			for (const [phone, message, phoneNumber] of bad) {
				const index = rows.findIndex(([given]) => given === phone);
				const error = errorOf(items[index] ?? { json: {} });
				expect(error).toEqual({
					message,
					code: 'invalidPhoneNumber',
					description: expect.stringMatching(/^[A-Z].*\.$/),
					...(phoneNumber && { phoneNumber }),
				});
			}
		});
	},
);

/** As they arrive, in lower case. */
function secretHeaders(version: Spoken): Record<string, string> {
	const headers = Object.entries(secret(polyAi, version));
	return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
}

describe('numbers that the options keep out', () => {
	test.each<[string, string, INodeParameters, string, string]>([
		['premium-rate', '+44 909 8790000', {}, 'notAllowed', '+449098790000 is a premium-rate number'],
		[
			'of another country',
			'+49 30 901820',
			{ allowedCountries: ['GB', 'US'] },
			'notAllowed',
			'+4930901820 is in a country that is not allowed',
		],
		[
			'that do not exist',
			'+44 7700 900000 0',
			{},
			'invalidPhoneNumber',
			'“+44 7700 900000 0” is too long for a phone number',
		],
	])('%s are not called, and the reason is said', async (_what, phone, options, code, message) => {
		const { items } = await call([phone], { options, onError: 'continueRegularOutput' });

		expect(errorOf(items[0] ?? { json: {} })).toMatchObject({ code, message });
		expect(polyAi.journal.requests).toEqual([]);
	});

	test('premium-rate numbers are called when the owner allows it', async () => {
		await call(['+44 909 8790000'], { options: { allowPremium: true } });

		expect(dialed()).toEqual(['+449098790000']);
	});

	test('a number of a range not handed out is called when possible numbers are enough', async () => {
		const unassigned = '+44 7700 900123';
		const strict = await call([unassigned], { onError: 'continueRegularOutput' });
		await call([unassigned], { options: { numberCheck: 'possible' } });

		expect(errorOf(strict.items[0] ?? { json: {} }).code).toBe('invalidPhoneNumber');
		expect(dialed()).toEqual(['+447700900123']);
	});
});

test.each([403, 404, 405] as const)(
	'a PolyAI that answers %i at the path of the base design gets the call at the legacy path, once',
	async (unknownPath) => {
		const may2026 = await startSimulator({ versions: ['g2'], unknownPath, magicNumbers: false });
		const { items } = await call(numbers(3), {
			credentials: credentialFor(may2026),
			options: { maxConcurrency: 1 },
		});
		await may2026.close();

		expect(sidsOf(items)).toEqual(may2026.journal.dials.map(({ callSid }) => callSid));
		expect(may2026.journal.dialsByNumber()).toEqual(
			Object.fromEntries(numbers(3).map((number) => [number, 1])),
		);
		const placing = may2026.journal.requests.filter(({ method }) => method === 'POST');
		const paths = placing.map(({ path }) => path);
		expect(paths).toEqual([
			'/v1/outbound-calling/trigger',
			'/v1/outbound-calling',
			'/v1/outbound-calling',
			'/v1/outbound-calling',
		]);
	},
);
