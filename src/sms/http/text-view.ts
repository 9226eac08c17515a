/** A text as it reads without escapes, line breaks and encodings. What is found in a view is found in the text. */

export type Range = readonly [from: number, to: number];

export interface View {
  readonly text: string;
  /** Where a part of the view is in the text that it was made of. */
  placeOf(range: Range): Range;
}

/** Escapes within escapes that are looked through. */
const MAX_LAYERS = 4;
/** Those of JSON, JavaScript, C, URLs and HTML. */
const ESCAPE =
  /\\u\{([\da-f]{1,6})\}|[\\%]u([\da-f]{4})|(?:\\x|%)([\da-f]{2})|&#x([\da-f]{1,6});?|\\([0-7]{3})|&#(\d{1,7});?|&([a-z]{2,6});|\\([\s\S])/gi;
/** Of HTML, for what is in tokens, keys and passwords. */
const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", plus: '+', equals: '=', sol: '/', lowbar: '_', period: '.' },
  ...{ hyphen: '-', dash: '-', comma: ',', colon: ':', semi: ';', excl: '!', num: '#', percnt: '%', ast: '*' },
};
const SEPARATORS = /[ \p{Cc}\p{Cf}|\\]+/gu;

/** Without escapes, and without line breaks, pipes and the spaces around them: what a canonical request is split by. */
export function plainViewOf(text: string): View {
  let view: View = { text, placeOf: (range) => range };
  for (let layer = 0; layer < MAX_LAYERS && /[\\%&]/.test(view.text); layer += 1) view = unescaped(view);
  return /[\p{Cc}\p{Cf}|\\]/u.test(view.text) ? withoutSeparators(view) : view;
}

function unescaped(view: View): View {
  const part = new Part(view);
  for (const match of view.text.matchAll(ESCAPE)) {
    const written = characterIn(match);
    if (written !== null) part.put(written, match.index, match.index + match[0].length);
  }
  return part;
}

function characterIn([, ...codes]: RegExpMatchArray): string | null {
  const [named, itself] = codes.slice(-2);
  if (itself !== undefined) return /[nrt]/.test(itself) ? '\n' : itself;
  if (named !== undefined) return NAMED[named.toLowerCase()] ?? null;
  const [octal, decimal] = codes.slice(4, 6);
  const hex = codes.slice(0, 4).find((code) => code !== undefined);
  const code = hex ? Number.parseInt(hex, 16) : octal ? Number.parseInt(octal, 8) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : null;
}

function withoutSeparators(view: View): View {
  const part = new Part(view);
  for (const { index, 0: run } of view.text.matchAll(SEPARATORS))
    if (!/^ +$/.test(run)) part.put('', index, index + run.length);
  return part;
}

/** Only letters and digits. */
export function lettersOf(view: View): View {
  const part = new Part(view);
  for (const { index, 0: run } of view.text.matchAll(/[^a-z\d]+/gi)) part.put('', index, index + run.length);
  return part;
}

const HEX = { encoding: 'hex', run: /[\da-f]{16,}/gi, offsets: 2, perByte: 2 } as const;
const BASE64 = { encoding: 'base64', run: /[\w+/-]{11,}/g, offsets: 4, perByte: 4 / 3 } as const;

/** What of the view is hex or base64 of eight characters or more that can be read, wherever it begins. */
export function* decodedViewsOf(view: View): Generator<View> {
  for (const { encoding, run, offsets, perByte } of [HEX, BASE64])
    for (const { index, 0: encoded } of view.text.matchAll(run))
      for (let offset = 0; offset < offsets; offset += 1) {
        const text = Buffer.from(encoded.slice(offset), encoding).toString('latin1');
        const begin = index + offset;
        if (/[\x20-\x7e]{8}/.test(text))
          yield {
            text,
            placeOf: ([from, to]) =>
              view.placeOf([begin + Math.floor(from * perByte), begin + Math.ceil(to * perByte)]),
          };
      }
}

interface Piece {
  written: string;
  /** Where it begins in this view. */
  at: number;
  /** Where it is in the other one. */
  from: number;
  to: number;
  isKept: boolean;
}

/** A view in which some parts of another one read differently. */
class Part implements View {
  readonly #whole: View;
  readonly #pieces: Piece[] = [];
  #length = 0;
  #end = 0;
  #text: string | undefined;

  constructor(whole: View) {
    this.#whole = whole;
  }

  /** From beginning to end. */
  put(written: string, from: number, to: number): void {
    this.#keep(from);
    this.#add(written, from, to, false);
  }

  get text(): string {
    if (this.#text === undefined) {
      this.#keep(this.#whole.text.length);
      this.#text = this.#pieces.map(({ written }) => written).join('');
    }
    return this.#text;
  }

  placeOf([first, end]: Range): Range {
    return this.#whole.placeOf([this.#placeOf(first)[0], this.#placeOf(end - 1)[1]]);
  }

  #keep(to: number): void {
    if (to > this.#end) this.#add(this.#whole.text.slice(this.#end, to), this.#end, to, true);
  }

  #add(written: string, from: number, to: number, isKept: boolean): void {
    if (written !== '') this.#pieces.push({ written, at: this.#length, from, to, isKept });
    this.#length += written.length;
    this.#end = to;
  }

  #placeOf(character: number): Range {
    let [low, high] = [0, this.#pieces.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#pieces[middle]?.at ?? 0) <= character) low = middle;
      else high = middle - 1;
    }
    const { at = 0, from = 0, to = 0, isKept = false } = this.#pieces[low] ?? {};
    return isKept ? [from + character - at, from + character - at + 1] : [from, to];
  }
}
