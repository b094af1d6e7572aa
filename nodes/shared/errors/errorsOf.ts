import { withoutAbsent } from '../withoutAbsent';
import { CallError, type CallErrorDetails, type ErrorCode } from './callError';
import { fill, type Given, type Values } from './fillText';

/** What is the matter, and what to do. */
type Texts = readonly [message: string, description: string];

/** What the texts name, and what is known of the call besides. */
type ErrorValues<T extends Texts> = Values<`${T[0]} ${T[1]}`> &
	Omit<CallErrorDetails, 'description'>;

/** Makes the error. Its texts, with their placeholders, are its properties. */
type ErrorMaker<T extends Texts> = { message: string; description: string } & ((
	...given: Given<ErrorValues<T>>
) => CallError);

/** The errors of one code: a function each, of the values that its texts name. */
export function errorsOf<const Catalogue extends Record<string, Texts>>(
	code: ErrorCode,
	catalogue: Catalogue,
) {
	const entries = Object.entries(catalogue).map(([name, [message, description]]) => {
		const make = (values: CallErrorDetails & Record<string, unknown> = {}) => {
			const { phoneNumber, callSid, correlationId, httpStatus } = values;
			const whatToDo = fill(description, values);
			const details = { description: whatToDo, phoneNumber, callSid, correlationId, httpStatus };
			return new CallError(code, fill(message, values), withoutAbsent(details));
		};
		return [name, Object.assign(make, { message, description })];
	});
	return Object.fromEntries(entries) as {
		[Name in keyof Catalogue]: ErrorMaker<Catalogue[Name]>;
	};
}
