import { getCountries, isValidPhoneNumber } from 'libphonenumber-js/max';
import { DateTime } from 'luxon';

import zonesOfCountries from '../../../nodes/shared/callingHours/countryTimeZones.json';
import zonesToPrefixes from '../../../nodes/shared/callingHours/prefixTimeZones.json';
import {
	COUNTRY_CORRECTIONS,
	PREFIX_CORRECTIONS,
} from '../../../nodes/shared/callingHours/timeZoneCorrections.ts';
import { timeZonesOf } from '../../../nodes/shared/callingHours/timeZonesOf.ts';
import { understood } from '../../support/unit/callingHours/numbers.mts';

/** Hours ahead of UTC in January and in July, such as "-6 -5". */
const offsetsOf = (zone: string) =>
	[1, 7].map((month) => DateTime.fromObject({ year: 2026, month }, { zone }).offset / 60).join(' ');

const zonesOf = (e164: string) => timeZonesOf(understood(e164));

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
		['Kaliningrad', '+74012123456', 'Europe/Kaliningrad'],
		['Saratov', '+78452123456', 'Europe/Saratov'],
		['Punta Arenas', '+56612212345', 'America/Punta_Arenas'],
		['Sydney', '+61291234567', 'Australia/Sydney'],
		['Mumbai', '+912224937747', 'Asia/Kolkata'],
		['Kathmandu', '+97714412345', 'Asia/Kathmandu'],
		['Madrid', '+34912345678', 'Europe/Madrid'],
		['Gran Canaria', '+34928123456', 'Atlantic/Canary'],
		['Chatham Islands', '+6433051234', 'Pacific/Chatham'],
		['Tijuana', '+526641234567', 'America/Tijuana'],
		['Cancún', '+529981234567', 'America/Cancun'],
		['a mobile of Rio Branco', '+5568999123456', 'America/Rio_Branco'],
		['a mobile of São Paulo', '+5511912345678', 'America/Sao_Paulo'],
	])('%s', (_place, e164, zone) => {
		expect(zonesOf(e164)).toEqual([zone]);
	});

	it.each([
		['Newfoundland and Labrador', '+17095550123', ['America/Goose_Bay', 'America/St_Johns']],
		['Recife with Fernando de Noronha', '+558136191234', ['America/Noronha', 'America/Sao_Paulo']],
		['the Florida Panhandle', '+18505550123', ['America/Chicago', 'America/New_York']],
		['Queensland, by its border', '+61720001234', ['Australia/Brisbane', 'Australia/Sydney']],
		['Yakutia', '+74112123456', ['Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Srednekolymsk']],
		['Papua New Guinea', '+6753251234', ['Pacific/Bougainville', 'Pacific/Port_Moresby']],
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
		['an Indonesian mobile', '+6281234567890', 'Asia/Jakarta', 'Asia/Jayapura'],
		['a New Zealand mobile', '+64211234567', 'Pacific/Auckland', 'Pacific/Chatham'],
		['a Chilean mobile', '+56961234567', 'America/Santiago', 'Pacific/Easter'],
		['a Portuguese mobile', '+351912345678', 'Europe/Lisbon', 'Atlantic/Azores'],
		[
			'a mobile of Papua New Guinea',
			'+67570123456',
			'Pacific/Port_Moresby',
			'Pacific/Bougainville',
		],
	])('%s', (_kind, e164, here, there) => {
		expect(zonesOf(e164)).toEqual(expect.arrayContaining([here, there]));
	});

	it.each([
		['Britain, not on its islands', '+447400123456', ['Europe/London']],
		['Guernsey', '+447781123456', ['Europe/Guernsey']],
		['Kazakhstan, not in Russia', '+77011234567', ['Asia/Almaty']],
		['Morocco, not in Western Sahara', '+212650123456', ['Africa/Casablanca']],
		['Jamaica', '+18762101234', ['America/Jamaica']],
		['Kosovo', '+38343201234', ['Europe/Belgrade']],
		['Ascension', '+24740123', ['Atlantic/St_Helena']],
		['Greenland, but not at a weather station', '+299221234', ['America/Nuuk', 'America/Thule']],
		['China, which has one legal time', '+8613123456789', ['Asia/Shanghai']],
	])('and not elsewhere under its calling code: a mobile of %s', (_place, e164, zones) => {
		expect(zonesOf(e164)).toEqual(zones);
	});

	it('so may a number whose kind nobody knows, even where its first digits name a place', () => {
		const zones = ['Atlantic/Canary', 'Europe/Madrid'];
		expect(timeZonesOf({ phoneNumber: '+34928', country: 'ES' })).toEqual(zones);
		expect(timeZonesOf({ phoneNumber: '+34928' })).toEqual(zones);
	});

	it('so may a number whose country nobody knows, in all countries of its calling code', () => {
		const zones = timeZonesOf({ phoneNumber: '+70001234567' });
		expect(zones).toEqual(expect.arrayContaining(['Asia/Almaty', 'Europe/Moscow']));
		expect(timeZonesOf({ phoneNumber: '+15551234567' })).toEqual(
			expect.arrayContaining(['America/New_York', 'Pacific/Honolulu', 'America/St_Johns']),
		);
	});
});

describe('a number of the North American plan', () => {
	/** Area codes that serve one and the same area. */
	const OVERLAYS = [
		'205 659',
		'208 986',
		'250 236 257 672 778',
		'256 938',
		'270 364',
		'306 474 639',
		'402 531',
		'407 321 689',
		'418 273 367 581',
		'506 428',
		'541 458',
		'709 879',
		'812 930',
		'819 468 873',
		'850 448',
		'902 782',
		'920 274',
	];

	it.each(OVERLAYS)('has the same zones under every code of its area: %s', (codes) => {
		const clocks = codes.split(' ').map((code) => zonesOf(`+1${code}2345678`).map(offsetsOf));
		for (const some of clocks) expect(new Set(some)).toEqual(new Set(clocks[0]));
	});

	it('is in the zones of its area code, whichever code libphonenumber knows', () => {
		const everywhere = timeZonesOf({ phoneNumber: '+15551234567' }).length;
		const codes = Array.from({ length: 800 }, (_, code) => String(200 + code));
		const valid = codes.filter((code) =>
			['2', '3', '5', '7', '9'].some((digit) => isValidPhoneNumber(`+1${code}${digit}345678`)),
		);
		expect(valid.length).toBeGreaterThan(450);
		const unknown = valid.filter((code) => {
			const zones = timeZonesOf({ phoneNumber: `+1${code}2345678` });
			return zones.length === 0 || zones.length >= everywhere;
		});
		expect(unknown).toEqual([]);
	});

	it.each(['800', '833', '844', '855', '866', '877', '888'])(
		'is on the mainland of the United States and Canada if it is toll-free: %s',
		(code) => {
			const zones = zonesOf(`+1${code}2345678`);
			const mainland = ['America/Adak', 'America/New_York', 'America/St_Johns'];
			expect(zones).toEqual(expect.arrayContaining(mainland));
			expect(zones).not.toContain('Pacific/Honolulu');
			expect(zones).not.toContain('Pacific/Guam');
		},
	);
});

describe('a number of Mexico is at the time that its area has had since 2022', () => {
	// Hours ahead of UTC in January and in July.
	it.each([
		['most of the country', [-6, -6], '55 33 81 222 442 618 844 951 999'],
		['Chihuahua', [-6, -6], '614 621 625 627 628 629 635 639 648 649 652 659'],
		[
			'Sonora, Sinaloa, Nayarit and the south of Baja California',
			[-7, -7],
			'612 624 644 662 667 311',
		],
		['Quintana Roo', [-5, -5], '983 984 987 998'],
		['the north of Baja California', [-8, -7], '616 646 658 661 663 664 665 686'],
	])('%s', (_place, expected, codes) => {
		for (const code of codes.split(' ')) {
			const offsets = zonesOf(`+52${`${code}23456789`.slice(0, 10)}`).map(offsetsOf);
			expect([code, new Set(offsets)]).toEqual([code, new Set([expected.join(' ')])]);
		}
	});

	it('also if libphonenumber should tell mobiles from landlines one day', () => {
		const mobile = { phoneNumber: '+526641234567', country: 'MX', numberType: 'MOBILE' } as const;
		expect(timeZonesOf(mobile)).toEqual(['America/Tijuana']);
	});

	it.each([
		['Ciudad Juárez', '656', '-7 -6'],
		['Ojinaga', '626', '-6 -5'],
		['Matamoros', '868', '-6 -5'],
		['Nuevo Laredo', '867', '-6 -5'],
	])('and keeps United States time at the border, in %s', (_place, code, expected) => {
		expect(zonesOf(`+52${code}1234567`).map(offsetsOf)).toContain(expected);
	});
});

describe('a number of Brazil is at the time of its area', () => {
	it.each([
		['Brasília', '-3 -3', '11 21 31 41 51 55 61 62 63 71 79 82 85 86 91 93 94 96 98 99'],
		['the Amazon', '-4 -4', '65 66 67 69 92 95'],
		['Acre', '-5 -5', '68'],
	])('of %s', (_place, expected, codes) => {
		for (const code of codes.split(' ')) {
			const offsets = zonesOf(`+55${code}961234567`).map(offsetsOf);
			expect([code, new Set(offsets)]).toEqual([code, new Set([expected])]);
		}
	});

	it('of both where it has two, as the Amazonas of area 97 and the Pernambuco of area 81', () => {
		expect(zonesOf('+5597961234567').map(offsetsOf).sort()).toEqual(['-4 -4', '-5 -5']);
		expect(zonesOf('+5581961234567').map(offsetsOf).sort()).toEqual(['-2 -2', '-3 -3']);
	});
});

it('knows no zone where no country stands behind a number', () => {
	expect(zonesOf('+80012345678')).toEqual([]);
	expect(zonesOf('+881612345678')).toEqual([]);
});

describe('the bundled data', () => {
	const prefixes = Object.values(zonesToPrefixes).flatMap((some) => some.split(' '));
	const countries = Object.values(zonesOfCountries).flatMap((some) => some.split(' '));
	const corrections = [...PREFIX_CORRECTIONS, ...COUNTRY_CORRECTIONS];
	const listed = [...Object.keys(zonesToPrefixes), ...Object.keys(zonesOfCountries)];
	const zones = [
		...listed.flatMap((some) => some.split('&')),
		...corrections.flatMap((correction) => correction.zones),
	];

	it('names only zones that this Node.js knows', () => {
		for (const zone of new Set(zones)) {
			expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
		}
	});

	it('gives each prefix and each country once, in the lists and in the corrections', () => {
		for (const keys of [prefixes, countries, corrections.flatMap(({ of }) => of.split(' '))]) {
			expect(new Set(keys).size).toBe(keys.length);
		}
		expect(prefixes.length).toBeGreaterThan(1000);
	});

	it('knows every country that libphonenumber knows', () => {
		const known = [...countries, ...COUNTRY_CORRECTIONS.flatMap(({ of }) => of.split(' '))];
		expect(known).toEqual(expect.arrayContaining(getCountries()));
	});

	it('says of every correction why it is one, who says so and since when', () => {
		for (const correction of corrections) {
			expect(correction.why).toMatch(/\w/);
			expect(correction.source).toMatch(/\w/);
			expect(correction.date).toMatch(/^\d{4}-\d\d-\d\d$/);
		}
	});
});
