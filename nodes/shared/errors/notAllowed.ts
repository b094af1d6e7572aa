import { errorsOf } from './errorsOf';

export const notAllowed = errorsOf('notAllowed', {
	outsideCallingHours: [
		'{phoneNumber} is outside its calling hours',
		'{reason}[ Next: {nextAllowedAt}]',
	],
	otherCountry: [
		'{phoneNumber} is in a country that is not allowed',
		"The number belongs to {countries}. 'Allowed Countries' is limited to {allowed}. Add the country there to call it.",
	],
	costly: [
		'{phoneNumber} is a {kind} number',
		"Calling it costs extra. Turn on 'Allow Premium Numbers' in the options to call it anyway.",
	],
});
