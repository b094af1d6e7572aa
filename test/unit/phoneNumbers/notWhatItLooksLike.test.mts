import { refusal, understood } from './understood.mts';

/** Cells whose digits would ring somebody if they were read without thinking. */
function refusedAs(reason: string, cells: ReadonlyArray<readonly [unknown, string]>) {
	test.each(cells)('%j with default country %j', (cell, country) => {
		const error = refusal(cell, country, { allowPremium: true });
		expect(error.code).toBe('invalidPhoneNumber');
		expect(error.message).toContain(reason);
		expect(error.details.description).toMatch(/^[A-Z].*\.$/s);
	});
}

function readAs(cells: ReadonlyArray<readonly [unknown, string, string]>) {
	test.each(cells)('%j with default country %j is %s', (cell, country, number) => {
		expect(understood(cell, country, { allowPremium: true }).phoneNumber).toBe(number);
	});
}

describe('two lines that differ in their last digits', () => {
	refusedAs('more than one number', [
		['02-555-1234~5', 'KR'],
		['02)555-1234~5', 'KR'],
		['02-555-1234-5', 'KR'],
		['+82-2-555-1234~5', ''],
		['031-234-5678〜9', 'KR'],
		['04-2345678~9', 'TW'],
		['0571-8123456-7', 'CN'],
		['022-2345678-9', 'IN'],
		['021 555 1234-5', 'ID'],
		['08-12 34 56-57', 'SE'],
		['03-555 1234-5', 'MY'],
		['06 1234567-8', 'IT'],
		['030 12345-46-47', 'DE'],
		['030 123456 - 58 - 59', 'DE'],
	]);
	readAs([
		['030 123456-58', 'DE', '+493012345658'],
		['01 5123456-78', 'AT', '+431512345678'],
		['011/123-45-67', 'RS', '+381111234567'],
		['8 (495) 123-45-67', 'RU', '+74951234567'],
		['01-42-68-53-00', 'FR', '+33142685300'],
	]);
});

describe('two numbers between which any sign stands', () => {
	refusedAs('more than one number', [
		['0301234-0301235', 'DE'],
		['0301234.0301235', 'DE'],
		['0301234(0301235)', 'DE'],
		['0301234\u200b0301235', 'DE'],
		['0301234\u00ad0301235', 'DE'],
		['030 1234 (030)1235', 'DE'],
		['(030) 1234 (030) 1235', 'DE'],
		['+49301234-030 1235', ''],
		['+49 30 1234 (030) 1235', ''],
		['030 12345- 12346', 'DE'],
		['030 12345 -12346', 'DE'],
		['030 12345—12346', 'DE'],
		['030 12345 --- 12346', 'DE'],
		['030 12345..12346', 'DE'],
		['030-12345 (12346)', 'DE'],
		['030 12345 [12346]', 'DE'],
		['020 7946 0018 ::: 020 7946 0019', 'GB'],
	]);
	readAs([
		['06/20/123-4567', 'HU', '+36201234567'],
		['+36/20/123-4567', '', '+36201234567'],
		['+49/30/123456', '', '+4930123456'],
		['0475/12/34/56', 'BE', '+32475123456'],
		['212/555/0123', 'US', '+12125550123'],
		['020 7946 0018 /', 'GB', '+442079460018'],
	]);
});

describe('the position in a list, or of a field', () => {
	refusedAs('more than one number', [
		['2 030 1234567', 'DE'],
		['Tel 2 030 1234567', 'DE'],
		['Mobil 2 0171 1234567', 'DE'],
		['Tel 1 06 1234567', 'IT'],
		['2)0301234567', 'DE'],
		['2.0301234567', 'DE'],
		['2.) 030 1234567', 'DE'],
		['(2)030 1234567', 'DE'],
		['2 - 030 1234567', 'DE'],
		['1. 5112345678', 'DE'],
	]);
	readAs([
		['Tel 2: 030 1234567', 'DE', '+49301234567'],
		['Tel 2 +49 30 1234567', '', '+49301234567'],
		['Telefon 2: 030/1234567', 'DE', '+49301234567'],
		['Phone 1: +44 7400 123456', '', '+447400123456'],
		['1. 212 555 0123', 'US', '+12125550123'],
		['1 212 555 0123', 'US', '+12125550123'],
		['Tel 1 (212) 555-0123', 'US', '+12125550123'],
	]);
});

describe('dates and times, however they are set off', () => {
	refusedAs('is a date', [
		['05–10–1986', 'DE'],
		['05\u201110\u20111986', 'IT'],
		['(05.10.1986)', 'DE'],
		['5.10.1986-', 'FI'],
		['5 10 1986', 'DE'],
		['05.10.1986 08.30', 'DE'],
		['2024-10-05 0830', 'DE'],
		['20241005-083000', 'DE'],
		['20241005083000', 'DE'],
		['05.10. - 07.10.2024', 'DE'],
		['05.10.86/07.10.86', 'DE'],
		['08.30-17.00', 'DE'],
		['1986-2024', 'AT'],
	]);
});

describe('other things in the wrong column', () => {
	refusedAs('looks like the number of a document', [
		['2024-000123', 'US'],
		['2024/000123', 'DE'],
		['2024 000 123', 'US'],
		['119.956.789-09', 'BR'],
	]);
	refusedAs('is a placeholder', [
		['1234567890', 'GB'],
		[1234567890, 'IN'],
		['01234567890', 'GB'],
		['0123456789', 'FR'],
		['123456789', 'FR'],
		['9999999999', 'IN'],
		['07777777777', 'GB'],
		['99999999', 'NO'],
		['555-555-5555', 'MX'],
	]);
	refusedAs('is an amount', [
		['20.345.678', 'DK'],
		['$1,234.00', 'US'],
		['12,50 €', 'DE'],
	]);
	refusedAs('is not a phone number', [
		...['N/A', 'n/a', '#N/A', '-', '--', '—', 'null', 'unknown', 'C-20123456', 'W-91234567'].map(
			(cell) => [cell, 'DK'] as const,
		),
		['PH 917 555 4567', 'US'],
		['NO 912 34 567', 'DK'],
		['P-15123456789', 'DE'],
		['020 7946 0018, London', 'GB'],
		['1e5', 'GB'],
		['1'.repeat(400), 'GB'],
	]);
	refusedAs('was not evaluated', [['{{ $json.phone }}', 'GB']]);
	refusedAs('several fields', [
		['[object Object]', 'GB'],
		[{ a: 1n, b: 2n }, 'GB'],
	]);
	refusedAs('is a list', [[[1n, 2n], 'GB']]);
	refusedAs('rounded', [
		['+4.42079E+11', 'GB'],
		['p: 4.42079E+11', 'GB'],
	]);

	test('with a plus it is the number', () => {
		expect(understood('+33 1 23 45 67 89').phoneNumber).toBe('+33123456789');
	});

	test('a field that is empty is no field', () => {
		expect(understood({ mobile: null, phone: '+44 7400 123456' }).phoneNumber).toBe(
			'+447400123456',
		);
		expect(refusal({ born: new Date() }).message).toContain('is a date');
	});
});

describe('a plus before what is no country code', () => {
	refusedAs('valid country code', [
		['+8 (495) 123-45-67', 'RU'],
		['+8 (495) 123-45-67', ''],
		['+(646) 789-1234', 'US'],
	]);
	readAs([
		['+(44) 20 7946 0018', '', '+442079460018'],
		['+4420 7946 0018', '', '+442079460018'],
		['+ 44 20 7946 0018', '', '+442079460018'],
		['+0044 20 7946 0018', '', '+442079460018'],
	]);
});

describe('a zero in brackets that may belong to the number', () => {
	refusedAs('two different numbers', [
		['+39 (0)331 1234567', ''],
		['0039 (0)331 1234567', 'DE'],
	]);
	readAs([
		['+39 (0)6 6981 2345', '', '+390669812345'],
		['+44 (0)20 7946 0018', '', '+442079460018'],
	]);
});

describe('what web pages, address books and tables put around a number', () => {
	readAs([
		['03ー3210ー5678', 'JP', '+81332105678'],
		['03ｰ3210ｰ5678', 'JP', '+81332105678'],
		['03·3210·5678', 'JP', '+81332105678'],
		['020_7946_0018', 'GB', '+442079460018'],
		['„020 7946 0018“', 'GB', '+442079460018'],
		['«020 7946 0018»', 'GB', '+442079460018'],
		['<+442079460018>', '', '+442079460018'],
		['"+442079460018",', '', '+442079460018'],
		['[+44] 20 7946 0018', '', '+442079460018'],
		['=+442079460018', '', '+442079460018'],
		['%2B442079460018', '', '+442079460018'],
		['+44&nbsp;20&nbsp;7946&nbsp;0018', '', '+442079460018'],
		['TEL;TYPE=CELL:+447400123456', '', '+447400123456'],
		['- 020 7946 0018', 'GB', '+442079460018'],
		['(0xx11) 91234-5678', 'BR', '+5511912345678'],
	]);
});
