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
/** A phone number, or a part of one, however it is grouped; \u0000 stands around what is kept. */
const DIGITS = /\+?\p{Nd}(?:[^\p{L}\p{N}\u0000]{0,3}\p{Nd}){4,}/gu;
/** Keys, tokens, hashes: nobody writes such a word … */
const RANDOM_WORD = /(?<![\w-])(?=[\w-]*[A-Za-z])(?=[\w-]*\d|[\w-]*[a-z_]-*[A-Z])[\w-]{24,}/g;
/** … other than the name of a field, such as `lastUpdatedConversationTime`. */
const FIELD_NAME = /^[a-z]{2,}(?:[A-Z][a-z]{2,})+$/;

/** A few show the form; an issue on GitHub has room for 65,536 characters. */
const MOST_ROWS = 5;
const MOST_CHARACTERS = 500;

/** Something that must not be in the report, and what stands for it. */
export interface Secret {
	text: string;
	means: string;
}

/** What may be seen of a JSON value, by the names of its fields. */
export interface Shows {
	text: (name: string) => boolean;
	number: (name: string) => boolean;
	/** Whether the names in the object of this name may be seen. */
	namesIn: (name: string) => boolean;
	/** Names that may be seen even there. */
	name: (name: string) => boolean;
}

const always = () => true;
export const SHOWS_ALL: Shows = { text: always, number: always, namesIn: always, name: always };

/** Hides what belongs to people and accounts. The same thing always gets the same name. */
export class Mask {
	readonly #uuids = new Map<string, string>();
	readonly #names = new Map<string, string>();

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
			// First, as the others would take a part of a number away.
			.replace(DIGITS, (digits) => digits.replace(/\p{Nd}/gu, '0'))
			.replace(EMAIL, () => '<email>')
			.replace(RANDOM_WORD, (word) =>
				FIELD_NAME.test(word) ? word : `<word of ${word.length} characters>`,
			);
		return cut(hidden.replace(/\u0000(\d+)\u0000/g, (_, index) => kept[Number(index)] ?? ''));
	}

	/** All texts, numbers and names in a JSON value. */
	json(value: unknown, shows: Shows = SHOWS_ALL, name = ''): unknown {
		return this.#value(value, shows, { name, areNamesShown: true });
	}

	#value(value: unknown, shows: Shows, at: { name: string; areNamesShown: boolean }): unknown {
		const { name } = at;
		if (typeof value === 'string') return this.#named(value, shows.text(name));
		if (typeof value === 'number') return shows.number(name) && Math.abs(value) < 1e6 ? value : 0;
		if (Array.isArray(value)) {
			const shown: unknown[] = value.slice(0, MOST_ROWS).map((one) => this.#value(one, shows, at));
			return value.length > MOST_ROWS ? [...shown, `<${value.length - MOST_ROWS} more>`] : shown;
		}
		if (typeof value !== 'object' || value === null) return value;
		const areNamesShown = at.areNamesShown && shows.namesIn(name);
		return Object.fromEntries(
			Object.entries(value).map(([key, one]) => [
				areNamesShown || shows.name(key) ? this.text(key) : this.#name(key),
				this.#value(one, shows, { name: key, areNamesShown }),
			]),
		);
	}

	#name(name: string): string {
		const made = this.#names.get(name) ?? `<name ${this.#names.size + 1}>`;
		this.#names.set(name, made);
		return made;
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

function cut(text: string): string {
	const more = text.length - MOST_CHARACTERS;
	return more > 0 ? `${text.slice(0, MOST_CHARACTERS)} … <${more} more characters>` : text;
}

function replaceAnyCase(text: string, what: string, by: () => string): string {
	const pattern = what.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return text.replace(new RegExp(pattern, 'gi'), by);
}
