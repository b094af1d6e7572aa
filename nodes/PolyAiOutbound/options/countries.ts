import { getCountries, getCountryCallingCode } from 'libphonenumber-js/max';
import type { INodePropertyOptions } from 'n8n-workflow';

const englishNames = new Intl.DisplayNames(['en'], { type: 'region' });

/** Every country that has phone numbers, by its English name. */
export const countries: INodePropertyOptions[] = getCountries()
	.map((code) => ({
		name: `${englishNames.of(code)} (${code}, +${getCountryCallingCode(code)})`,
		value: code,
	}))
	.sort((a, b) => a.name.localeCompare(b.name));
