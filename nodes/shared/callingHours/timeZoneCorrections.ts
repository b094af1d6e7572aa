/**
 * What is missing or wrong in Google's list of prefixes and the tz database's list of countries.
 * Each entry replaces what they say about its prefixes or countries. `npm run data:time-zones --
 * --check` shows when one is no longer needed.
 */
export interface Correction {
	/** Digits after the plus sign, several with spaces in between; or ISO 3166-1 alpha-2. */
	of: string;
	/** IANA names. */
	zones: readonly string[];
	why: string;
	source: string;
	/** The day from which it applies or, if there is none, on which the source said so. */
	date: string;
}

const MAINLAND_OF_US_AND_CANADA = [
	'America/Adak',
	'America/Anchorage',
	'America/Los_Angeles',
	'America/Phoenix',
	'America/Denver',
	'America/Chicago',
	'America/New_York',
	'America/Vancouver',
	'America/Edmonton',
	'America/Regina',
	'America/Winnipeg',
	'America/Toronto',
	'America/Halifax',
	'America/St_Johns',
];

const CHIHUAHUA_STATE =
	'the state of Chihuahua is at -06:00; the strip along the border keeps United States time';
const MEXICAN_LAW = 'tz database 2022f and 2022g; area codes: numbering plan of Mexico (ITU)';
const NANPA = 'North American Numbering Plan Administrator, area code overlays';

export const PREFIX_CORRECTIONS: readonly Correction[] = [
	{
		of: '1800 1822 1833 1844 1855 1866 1877 1888',
		zones: MAINLAND_OF_US_AND_CANADA,
		why: 'toll-free numbers ring at organizations on the mainland of the United States and Canada; the Aleutian Islands keep them from ringing before 08:00 in Hawaii',
		source: 'North American Numbering Plan Administrator, toll-free codes',
		date: '2017-06-03',
	},
	{
		of: '1500 1521 1522 1523 1524 1525 1526 1527 1528 1529 1532 1533 1544 1566 1577 1588 1600 1622 1633 1644 1655 1677 1688 1700 1710 1900',
		zones: [...MAINLAND_OF_US_AND_CANADA, 'Pacific/Honolulu'],
		why: 'personal, premium-rate and other codes of the United States and Canada that belong to no area',
		source: 'North American Numbering Plan Administrator, non-geographic codes',
		date: '2026-11-25',
	},
	{
		of: '1364',
		zones: ['America/Chicago', 'America/New_York'],
		why: 'the same area as 270, western Kentucky, most of which is on Central time',
		source: NANPA,
		date: '2014-03-03',
	},
	{
		of: '1930',
		zones: ['America/Chicago', 'America/New_York'],
		why: 'the same area as 812, southern Indiana, whose west is on Central time',
		source: NANPA,
		date: '2015-03-07',
	},
	{
		of: '1448',
		zones: ['America/Chicago', 'America/New_York'],
		why: 'the same area as 850, the Florida Panhandle, whose west is on Central time',
		source: NANPA,
		date: '2021-06-05',
	},
	{
		of: '1689',
		zones: ['America/New_York'],
		why: 'the same area as 407, Orlando, which is on Eastern time',
		source: NANPA,
		date: '2019-06-04',
	},
	{
		of: '1458',
		zones: ['America/Denver', 'America/Los_Angeles'],
		why: 'the same area as 541, Oregon, of which Malheur County is on Mountain time',
		source: NANPA,
		date: '2010-02-10',
	},
	{
		of: '1474',
		zones: ['America/Regina'],
		why: 'the same area as 306, Saskatchewan, which does not change its clocks',
		source: 'Canadian Numbering Administrator, area code overlays',
		date: '2021-10-02',
	},
	{
		of: '1367 1581 1273',
		zones: ['America/Halifax', 'America/Toronto'],
		why: 'the same area as 418, eastern Quebec with the Magdalen Islands on Atlantic time',
		source: 'Canadian Numbering Administrator, area code overlays',
		date: '2018-11-24',
	},
	{
		of: '1236 1257 1672 1778',
		zones: ['America/Edmonton', 'America/Fort_Nelson', 'America/Vancouver'],
		why: 'the same area as 250, British Columbia, whose east is on Mountain time',
		source: 'Canadian Numbering Administrator, area code overlays',
		date: '2013-06-01',
	},
	{
		of: '1250',
		zones: ['America/Edmonton', 'America/Fort_Nelson', 'America/Vancouver'],
		why: 'the Peace River district does not change its clocks',
		source: 'tz database, northamerica: British Columbia',
		date: '2015-03-08',
	},
	{
		of: '1709 1879',
		zones: ['America/Goose_Bay', 'America/St_Johns'],
		why: 'Labrador changes its clocks in summer, as Puerto Rico does not',
		source: 'tz database, northamerica: Newfoundland and Labrador',
		date: '2011-11-06',
	},
	{
		of: '52614 52621 52625 52627 52628 52629 52635 52639 52648 52649 52652 52659',
		zones: ['America/Chihuahua'],
		why: CHIHUAHUA_STATE,
		source: MEXICAN_LAW,
		date: '2022-10-30',
	},
	{
		of: '52626',
		zones: ['America/Chihuahua', 'America/Ojinaga'],
		why: CHIHUAHUA_STATE,
		source: MEXICAN_LAW,
		date: '2022-11-30',
	},
	{
		of: '52636 52656 52657',
		zones: ['America/Chihuahua', 'America/Ciudad_Juarez'],
		why: CHIHUAHUA_STATE,
		source: MEXICAN_LAW,
		date: '2022-11-30',
	},
	{
		of: '52663',
		zones: ['America/Tijuana'],
		why: 'the same area as 664, Tijuana',
		source: 'numbering plan of Mexico (ITU)',
		date: '2018-09-04',
	},
	{
		of: '52862 52868 52873 52891 52892 52897',
		zones: ['America/Matamoros', 'America/Monterrey'],
		why: 'areas along the Rio Grande, whose municipalities at the border keep United States time',
		source: MEXICAN_LAW,
		date: '2022-10-30',
	},
	{
		of: '52200 52201',
		zones: ['America/Cancun', 'America/Mexico_City', 'America/Hermosillo', 'America/Tijuana'],
		why: 'codes of no area; Google has one of them in New York',
		source: 'numbering plan of Mexico (ITU)',
		date: '2026-11-25',
	},
	{
		of: '5591 5593 5594',
		zones: ['America/Belem'],
		why: 'all of Pará is at -03:00, its west since 2008',
		source: 'tz database, southamerica: Brazil, law 11,662',
		date: '2008-06-24',
	},
	{
		of: '5555',
		zones: ['America/Sao_Paulo'],
		why: 'all of Rio Grande do Sul is at -03:00; Google has some exchanges in Manaus',
		source: 'tz database, southamerica: Brazil',
		date: '2026-11-25',
	},
	{
		of: '5567 5569 5592',
		zones: ['America/Manaus'],
		why: 'Mato Grosso do Sul, Rondônia and the east of Amazonas are at -04:00; Google has some exchanges in São Paulo',
		source: 'tz database, southamerica: Brazil',
		date: '2026-11-25',
	},
	{
		of: '5597',
		zones: ['America/Eirunepe', 'America/Manaus'],
		why: 'the west of Amazonas is at -05:00',
		source: 'tz database, southamerica: Brazil, law 12,876',
		date: '2013-11-10',
	},
	{
		of: '740',
		zones: ['Europe/Kaliningrad'],
		why: 'Kaliningrad does not change its clocks',
		source: 'tz database 2014f',
		date: '2014-10-26',
	},
	{
		of: '7840',
		zones: ['Europe/Moscow'],
		why: 'Abkhazia, whose numbers are counted to Russia, is on Moscow time',
		source: 'tz database, asia: Georgia',
		date: '2014-10-26',
	},
	{
		of: '7845',
		zones: ['Europe/Saratov'],
		why: 'Saratov is at +04:00',
		source: 'tz database 2016j',
		date: '2016-12-04',
	},
	{
		of: '7411',
		zones: ['Asia/Yakutsk', 'Asia/Vladivostok', 'Asia/Srednekolymsk'],
		why: 'Yakutia has three zones',
		source: 'tz database 2014f',
		date: '2014-10-26',
	},
	{
		of: '617',
		zones: ['Australia/Brisbane', 'Australia/Sydney'],
		why: 'the plan ties this code to Queensland, which does not change its clocks; Google has Sydney for exchanges that it does not list',
		source: 'Australian Communications and Media Authority, numbering plan 2015',
		date: '2015-02-26',
	},
	{
		of: '569',
		zones: ['America/Punta_Arenas', 'America/Santiago', 'Pacific/Easter'],
		why: 'mobile numbers belong to no area, and libphonenumber does not tell them from landlines',
		source: 'Subsecretaría de Telecomunicaciones, numbering plan of Chile',
		date: '2026-11-25',
	},
	{
		of: '5661 5667',
		zones: ['America/Punta_Arenas'],
		why: 'Magallanes and Aysén do not change their clocks',
		source: 'tz database 2017a and 2025b',
		date: '2025-03-20',
	},
];

export const COUNTRY_CORRECTIONS: readonly Correction[] = [
	{
		of: 'AC TA',
		zones: ['Atlantic/St_Helena'],
		why: 'Ascension and Tristan da Cunha have no entry of their own',
		source: 'tz database, zone.tab: SH',
		date: '2026-11-25',
	},
	{
		of: 'XK',
		zones: ['Europe/Belgrade'],
		why: 'Kosovo has no entry of its own',
		source: 'tz database, europe: Serbia',
		date: '2026-11-25',
	},
	{
		of: 'CN',
		zones: ['Asia/Shanghai'],
		why: 'China has one legal time; that of Xinjiang is unofficial',
		source: 'tz database, asia: China',
		date: '1980-05-01',
	},
	{
		of: 'GL',
		zones: ['America/Nuuk', 'America/Thule'],
		why: 'only the crew of a weather station lives at Danmarkshavn',
		source: 'tz database, zone1970.tab',
		date: '2026-11-25',
	},
];
