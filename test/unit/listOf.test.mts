import { listOf } from '../../nodes/shared/listOf.ts';

test.each<[unknown, string[]]>([
	[undefined, []],
	[null, []],
	['', []],
	[[], []],
	['GB', ['GB']],
	['GB, US;FR', ['GB', 'US', 'FR']],
	['["GB","US"]', ['GB', 'US']],
	[
		['GB', ' US '],
		['GB', 'US'],
	],
	[
		[30, 60],
		['30', '60'],
	],
	[30, ['30']],
	[{ value: 'GB' }, ['GB']],
])('a list in any form: %j', (given, entries) => {
	expect(listOf(given)).toEqual(entries);
});

test.each([
	[{ US: true, GB: true }],
	[true],
	[[null]],
	[[{}]],
	[{}],
	[[['US', 'GB']]],
	[{ countries: ['US', 'GB'] }],
])('what can’t be read is no empty list, as that would mean all: %j', (given) => {
	expect(listOf(given)).not.toEqual([]);
});
