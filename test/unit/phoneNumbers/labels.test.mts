import { refusal, understood } from '../../support/unit/phoneNumbers/understood.mts';

const BEFORE = [
	...[
		'p:',
		'tel:',
		'tel://',
		'Tel.',
		'Tel.:',
		'TEL',
		'Phone:',
		'phone number:',
		'Telefon',
		'Tél. :',
	],
	...[
		'whatsapp:',
		'WhatsApp',
		'callto:',
		'callto://',
		'sms:',
		'Mobile',
		'Mob.',
		'Cell:',
		'M:',
		'T ',
	],
	...['(mobile)', '[work]', 'Handy:', 'Móvil:', 'Office -', '☎', '📞', 'No.', 'Nr.: ', '℡'],
	...['Telefonnummer:', 'Tel.-Nr.:', 'Mobile Phone Number:', 'Contact number:', 'phone_number:'],
	...['Cel.', 'Tlf.', 'N°', 'тел.', '电话', '携帯', 'D:', 'Tel/WhatsApp:', '📱:'],
];
const AFTER = [
	'(mobile)',
	' (Work)',
	'[home]',
	' mobile',
	' - office',
	' (m)',
	' WhatsApp',
	' / mobile',
	' (mobile phone)',
	' ✅',
];

describe('what CRMs, lead forms and links add is read as such', () => {
	test.each(BEFORE)('%j before a number', (label) => {
		expect(understood(`${label}+447400123456`).phoneNumber).toBe('+447400123456');
		expect(understood(`${label} +44 7400 123456`).phoneNumber).toBe('+447400123456');
		expect(understood(`${label} 07400 123456`, 'GB').phoneNumber).toBe('+447400123456');
		expect(understood(`${label} (020) 7946 0018`, 'GB').phoneNumber).toBe('+442079460018');
	});

	test.each(AFTER)('%j behind a number', (label) => {
		expect(understood(`+44 7400 123456${label}`).phoneNumber).toBe('+447400123456');
		expect(understood(`07400123456${label}`, 'GB').phoneNumber).toBe('+447400123456');
	});

	test.each([
		['tel:7400123456;phone-context=+44', ''],
		['tel:07400-123456;phone-context=+44', 'US'],
		['tel:+447400123456;phone-context=+1', ''],
		['tel:07400123456;phone-context=example.com', 'GB'],
	])('the phone context of %j', (cell, country) => {
		expect(understood(cell, country).phoneNumber).toBe('+447400123456');
	});

	test.each(['fax: 020 7946 0018', 'Ann 020 7946 0018', '020 7946 0018 (Ann)', 'x 020 7946 0018'])(
		'%j is not, since nobody knows what it means',
		(cell) => {
			expect(refusal(cell, 'GB').message).toContain('is not a phone number');
		},
	);
});

describe('digits of every script are read', () => {
	const isDigit = (code: number) => code > 0 && /\p{Nd}/u.test(String.fromCodePoint(code));
	const codes = Array.from({ length: 0x1ffff }, (_, code) => code);
	const firsts = codes.filter((code) => isDigit(code) && !isDigit(code - 1));
	// Myanmar's digits stand behind each other, and five styles of mathematical ones.
	const seconds = [0x116da, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6].filter(isDigit);
	const tens = [...firsts, ...seconds];
	const zeros = tens.map((code) => String.fromCodePoint(code));

	test('there are many', () => expect(zeros.length).toBeGreaterThan(50));

	test.each(zeros)('those from %s on', (zero) => {
		const first = zero.codePointAt(0) ?? 0;
		const written = '020 7946 0018'.replace(/\d/g, (digit) =>
			String.fromCodePoint(first + Number(digit)),
		);
		expect(understood(written, 'GB').phoneNumber).toBe('+442079460018');
		const abroad = '+442079460018'.replace(/\d/g, (digit) =>
			String.fromCodePoint(first + Number(digit)),
		);
		expect(understood(abroad).phoneNumber).toBe('+442079460018');
	});
});
