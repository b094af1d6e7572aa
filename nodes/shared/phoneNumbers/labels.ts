/** What CRMs, lead forms and address books write beside a number. */
export const KIND = [
	'telephone|telefonnummer|telefon|telefono|teléfono|telefone|téléphone|telf|tel|tél|tfno|tlf|тел|phone|fon',
	'mobilnummer|mobile|mobil|mob|моб|móvil|cellphone|cellulare|cellular|celular|cell|cel|handynummer|handy',
	'gsm|portable|home|work|office|private|privat|business|main|primary|direct|contact|other|rufnummer',
	'whatsapp|wa|sms|callto|call|number|电话|電話|携帯|手机',
].join('|');

/** Without a separator, some of these are country codes, or the start of an ID. */
const SHORT_KIND = String.raw`(?:no|nr|ph)[.:]|n°|[ptmhwcdo](?:[.:]|(?=\s))`;

/** Tel 2: 030 1234567; without the colon it may belong to the number. */
const INDEX = String.raw`(?:[1-9](?=:|\s\(?\+))?`;

/** "Tel. ", "Mobile Phone Number: ", "p:", "(work) ", "callto://", "Tel.-Nr.: " */
export const LABEL_BEFORE = new RegExp(
	String.raw`^[([]?\s*(?:(?:(?:${KIND})(?!\p{L})|${SHORT_KIND})[\s._/#]*(?:-(?=\s*\p{L}))?){1,3}${INDEX}[)\]]?\s*[.:=\-–—]*\s*(?://)?\s*(?=[+(\d])`,
	'iu',
);

/** " (mobile)", " - office", " / mobile" */
export const LABEL_AFTER = new RegExp(
	String.raw`(?<=\d)\s*(?:[([]\s*(?:(?:${KIND}|[ptmhwc])\.?\s*){1,2}[)\]]|[\s\-–—/]+(?:${KIND})\.?)$`,
	'iu',
);
