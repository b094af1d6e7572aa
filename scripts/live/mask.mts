/** The names under which a report speaks of what it hides; the simulator knows them by the same. */
export const MASKED = {
	phoneNumber: '+12025550101',
	agentId: 'PROJECT-SIMULATOR',
	workspaceId: 'ws-simulator',
	host: 'polyai.example',
	secret: '<secret>',
	callSid: 'SID-OF-THE-CALL',
};

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const EMAIL = /[^\s@"<>]+@[^\s@"<>]+\.\w+/g;
const ISO_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?/g;
/** A phone number, or a part of one, however it is grouped. */
const DIGITS = /\+?\d(?:[\s().-]{0,2}\d){4,}/g;
/** Keys, tokens, hashes: nobody writes such a word. */
const RANDOM_WORD = /(?=\w*\d)(?=\w*[A-Za-z])[\w-]{24,}/g;

/** A few show the form; an issue on GitHub has room for 65,536 characters. */
const MOST_ROWS = 5;

/** Something that must not be in the report, and what stands for it. */
export interface Secret {
	text: string;
	means: string;
}

/** Hides what belongs to people and accounts. The same thing always gets the same name. */
export class Mask {
	readonly #uuids = new Map<string, string>();

	constructor(private readonly secrets: readonly Secret[]) {}

	text(text: string): string {
		const kept: string[] = [];
		const keep = (what: string) => `\u0000${kept.push(what) - 1}\u0000`;
		const hidden = this.secrets
			.reduce((left, { text: secret, means }) => {
				if (secret === '') return left;
				const spellings = [secret, encodeURIComponent(secret)];
				return spellings.reduce((all, one) => replaceAnyCase(all, one, () => keep(means)), left);
			}, text)
			.replace(UUID, (uuid) => keep(this.#uuid(uuid)))
			.replace(ISO_TIME, keep)
			.replace(EMAIL, () => '<email>')
			.replace(RANDOM_WORD, (word) => `<word of ${word.length} characters>`)
			.replace(DIGITS, (digits) => digits.replace(/\d/g, '0'));
		return hidden.replace(/\u0000(\d+)\u0000/g, (_, index) => kept[Number(index)] ?? '');
	}

	/** All texts and names in a JSON value. @param shows which texts may be seen at all, by their name */
	json(value: unknown, shows: (name: string) => boolean = () => true, name = ''): unknown {
		if (typeof value === 'string') return this.#named(value, shows(name));
		if (typeof value === 'number') return Math.abs(value) < 1e6 ? value : 0;
		if (Array.isArray(value)) {
			const shown: unknown[] = value.slice(0, MOST_ROWS).map((one) => this.json(one, shows, name));
			return value.length > MOST_ROWS ? [...shown, `<${value.length - MOST_ROWS} more>`] : shown;
		}
		if (typeof value !== 'object' || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, one]) => [this.text(key), this.json(one, shows, key)]),
		);
	}

	#named(text: string, isShown: boolean): string {
		const masked = this.text(text);
		const isATimeOrNothing = masked.replace(ISO_TIME, '') === '';
		if (isShown || isATimeOrNothing || this.#isKnown(masked)) return masked;
		return `<text of ${text.length} characters>`;
	}

	#isKnown(masked: string): boolean {
		const plain = masked.replace(/^OUT-/, '');
		const isOurs = this.secrets.some(({ means }) => means === plain);
		return isOurs || [...this.#uuids.values()].includes(plain);
	}

	/** Still a UUID, so that it fits wherever one has to be. */
	#uuid(uuid: string): string {
		const known = this.#uuids.get(uuid.toLowerCase());
		if (known) return known;
		const number = String(this.#uuids.size + 1).padStart(12, '0');
		const made = `00000000-0000-4000-8000-${number}`;
		this.#uuids.set(uuid.toLowerCase(), made);
		return made;
	}
}

function replaceAnyCase(text: string, what: string, by: () => string): string {
	const pattern = what.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return text.replace(new RegExp(pattern, 'gi'), by);
}
