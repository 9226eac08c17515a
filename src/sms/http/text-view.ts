/** How a text reads without escapes, line breaks or encodings, and where each part of that is in the text. */

export type Range = readonly [from: number, to: number];

export interface View {
  readonly text: string;
  /** Where a range of the view is in the original text. */
  locate(range: Range): Range;
}

/** Escapes within escapes that are resolved. */
const MAX_LAYERS = 4;
/** The escapes of JSON, JavaScript, C, URLs and HTML. */
const ESCAPE =
  /\\u\{([\da-f]{1,6})\}|[\\%]u([\da-f]{4})|(?:\\x|%)([\da-f]{2})|&#x([\da-f]{1,6});?|\\([0-7]{3})|&#(\d{1,7});?|&([a-z]{2,6});|\\([\s\S])/gi;
/** Names that HTML has for the characters of tokens, keys and passwords. */
const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", plus: '+', equals: '=', sol: '/', lowbar: '_', period: '.' },
  ...{ hyphen: '-', dash: '-', comma: ',', colon: ':', semi: ';', excl: '!', num: '#', percnt: '%', ast: '*' },
};
/** Line breaks, pipes and the spaces around them: they separate the parts of a canonical request. */
const SEPARATORS = /[ \p{Cc}\p{Cf}|\\]+/gu;
/** Visible ASCII that begins no escape and separates nothing. Most texts consist of it. */
const PLAIN = /^[ !-$'-[\]-{}~]*$/;

/** The text without escapes and separators. */
export function plainViewOf(text: string): View {
  let view: View = { text, locate: (range) => range };
  if (PLAIN.test(text)) return view;
  for (let layer = 0; layer < MAX_LAYERS && /[\\%&]/.test(view.text); layer += 1)
    view = replaced(view, ESCAPE, unescaped);
  if (!/[\p{Cc}\p{Cf}|\\]/u.test(view.text)) return view;
  return replaced(view, SEPARATORS, ([run]) => (/^ +$/.test(run) ? null : ''));
}

/** The text of that view for a token: visible ASCII, in which a search for four characters is quicker than a look at each. */
export function plainTextOf(token: string): string {
  return ['\\', '%', '&', '|'].some((character) => token.includes(character)) ? plainViewOf(token).text : token;
}

/** Only the letters and digits of a view. */
export function lettersOf(view: View): View {
  return replaced(view, /[^a-z\d]+/gi, () => '');
}

const HEX = { encoding: 'hex', run: /[\da-f]{16,}/gi, offsets: 2, charactersPerByte: 2 } as const;
const BASE64 = { encoding: 'base64', run: /[\w+/-]{11,}/g, offsets: 4, charactersPerByte: 4 / 3 } as const;
/** Two groups of base64 with ASCII in them: no byte has its highest bit set. Eight characters in a row contain two groups. */
const BASE64_OF_ASCII = /(?:[A-Za-f][A-HQ-Xg-nw-z0-3][ABEFIJMNQRUVYZcdghklopstwx014589][\w+/-]){2}/;

/** The parts of a view that are hex or base64 of eight visible characters or more, wherever they begin. */
export function decodedViewsOf(view: View): View[] {
  const encodings = [];
  if (view.text.search(HEX.run) >= 0) encodings.push(HEX);
  if (BASE64_OF_ASCII.test(view.text)) encodings.push(BASE64);
  return encodings.flatMap(({ encoding, run, offsets, charactersPerByte }) =>
    [...view.text.matchAll(run)].flatMap(({ index, 0: encoded }) => {
      const views: View[] = [];
      for (let offset = 0; offset < offsets; offset += 1) {
        const text = Buffer.from(encoded.slice(offset), encoding).toString('latin1');
        const at = (byte: number) => index + offset + byte * charactersPerByte;
        if (/[\x20-\x7e]{8}/.test(text))
          views.push({ text, locate: ([from, to]) => view.locate([Math.floor(at(from)), Math.ceil(at(to))]) });
      }
      return views;
    }),
  );
}

function unescaped([, ...codes]: RegExpExecArray): string | null {
  const [name, character] = codes.slice(-2);
  if (character !== undefined) return /[nrt]/.test(character) ? '\n' : character;
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? null;
  const [octal, decimal] = codes.slice(4, 6);
  const hex = codes.slice(0, 4).find((code) => code !== undefined);
  const code = hex ? Number.parseInt(hex, 16) : octal ? Number.parseInt(octal, 8) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

/** A view in which the matches read differently. Null leaves a match as it is. */
function replaced(view: View, pattern: RegExp, replacementOf: (match: RegExpExecArray) => string | null): View {
  // Where each character of the new view begins and ends in the old one.
  const begins: number[] = [];
  const ends: number[] = [];
  let text = '';
  let end = 0;
  const keepUntil = (limit: number) => {
    text += view.text.slice(end, limit);
    for (; end < limit; end += 1) {
      begins.push(end);
      ends.push(end + 1);
    }
  };
  for (const match of view.text.matchAll(pattern)) {
    const replacement = replacementOf(match);
    if (replacement === null) continue;
    keepUntil(match.index);
    end += match[0].length;
    text += replacement;
    for (let count = 0; count < replacement.length; count += 1) {
      begins.push(match.index);
      ends.push(end);
    }
  }
  keepUntil(view.text.length);
  return { text, locate: ([from, to]) => view.locate([begins[from] ?? 0, ends[to - 1] ?? 0]) };
}
