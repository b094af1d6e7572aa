import zonesToPrefixes from '../../../nodes/shared/callingHours/prefixTimeZones.json';
import { timeZonesOf } from '../../../nodes/shared/callingHours/timeZonesOf.ts';
import { typeOf } from './numberType.mts';

const zonesOf = (e164: string) => timeZonesOf(e164, typeOf(e164));

describe('a number that is tied to a place is in the time zone of that place', () => {
	it.each([
		['London', '+442071838750', 'Europe/London'],
		['New York', '+12125550123', 'America/New_York'],
		['Los Angeles', '+13105550123', 'America/Los_Angeles'],
		['Phoenix', '+16025550123', 'America/Phoenix'],
		['Honolulu', '+18085550123', 'Pacific/Honolulu'],
		['Toronto', '+14165550123', 'America/Toronto'],
		['Guam', '+16715550123', 'Pacific/Guam'],
		['Moscow', '+74951234567', 'Europe/Moscow'],
		['Vladivostok', '+74232123456', 'Asia/Vladivostok'],
		['Almaty', '+77272123456', 'Asia/Almaty'],
		['Aktau', '+77292123456', 'Asia/Aqtobe'],
		['Sydney', '+61291234567', 'Australia/Sydney'],
		['Mumbai', '+912224937747', 'Asia/Calcutta'],
		['Kathmandu', '+97714412345', 'Asia/Katmandu'],
		['Madrid', '+34912345678', 'Europe/Madrid'],
		['Gran Canaria', '+34928123456', 'Atlantic/Canary'],
		['Chatham Islands', '+6433051234', 'Pacific/Chatham'],
		['Tijuana', '+526641234567', 'America/Tijuana'],
		['Cancún', '+529981234567', 'America/Cancun'],
		['a mobile of Rio Branco', '+5568999123456', 'America/Rio_Branco'],
		['a mobile of São Paulo', '+5511912345678', 'America/Sao_Paulo'],
		['Fernando de Noronha', '+558136191234', 'America/Noronha'],
	])('%s', (_place, e164, zone) => {
		expect(zonesOf(e164)).toEqual([zone]);
	});

	it.each([
		['Newfoundland and Labrador', '+17095550123', ['America/Puerto_Rico', 'America/St_Johns']],
		['the west of Australia', '+61892211234', ['Australia/Adelaide', 'Australia/Perth']],
	])('or in several, where its area has them: %s', (_place, e164, zones) => {
		expect(zonesOf(e164)).toEqual(zones);
	});
});

describe('a number that is tied to no place may be anywhere in its country', () => {
	it.each([
		['an Australian mobile', '+61412345678', 'Australia/Perth', 'Australia/Lord_Howe'],
		['a Spanish mobile', '+34612345678', 'Europe/Madrid', 'Atlantic/Canary'],
		['a Russian mobile', '+79161234567', 'Europe/Moscow', 'Asia/Kamchatka'],
		['a Kazakh mobile', '+77011234567', 'Asia/Almaty', 'Asia/Aqtobe'],
		['an Indonesian mobile', '+6281234567890', 'Asia/Jakarta', 'Asia/Jayapura'],
		['a New Zealand mobile', '+64211234567', 'Pacific/Auckland', 'Pacific/Chatham'],
		['a US toll-free number', '+18002345678', 'America/New_York', 'Pacific/Honolulu'],
	])('%s', (_kind, e164, here, there) => {
		expect(zonesOf(e164)).toEqual(expect.arrayContaining([here, there]));
	});

	it('a British mobile is in Britain or on its islands', () => {
		const zones = ['Europe/Guernsey', 'Europe/Isle_of_Man', 'Europe/Jersey', 'Europe/London'];
		expect(zonesOf('+447400123456')).toEqual(zones);
	});

	it('so may a number whose kind nobody knows, even where its first digits name a place', () => {
		expect(timeZonesOf('+34928', undefined)).toEqual(['Atlantic/Canary', 'Europe/Madrid']);
	});
});

it('knows no zone where no country stands behind a number', () => {
	expect(zonesOf('+80012345678')).toEqual([]);
	expect(zonesOf('+881612345678')).toEqual([]);
});

describe('the bundled data', () => {
	const entries = Object.entries(zonesToPrefixes).flatMap(([zones, prefixes]) =>
		prefixes.split(' ').map((prefix) => ({ prefix, zones: zones.split('&') })),
	);

	it('names only zones that this Node.js knows', () => {
		for (const zone of new Set(entries.flatMap(({ zones }) => zones))) {
			expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
		}
	});

	it('gives each prefix once, and to a country all the zones of its areas', () => {
		expect(new Set(entries.map(({ prefix }) => prefix)).size).toBe(entries.length);
		expect(entries.length).toBeGreaterThan(3000);
		for (const { prefix, zones } of entries) {
			expect(timeZonesOf(`+${prefix}`, undefined)).toEqual(expect.arrayContaining(zones));
		}
	});
});
