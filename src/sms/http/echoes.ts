/** Finds secrets in texts of a server that knows them: whole, in every usual form, and in pieces. */
import { percentEncode } from '../sign.ts';
import { CommonRuns } from './common-runs.ts';
import { decodedViewsOf, lettersOf, plainTextOf, plainViewOf, type Range, type View } from './text-view.ts';

export const REDACTED = '[secret]';

/** The length of a piece of a secret in characters. A shorter one reveals little, and words share it by chance. */
const MIN_PIECE = 8;
/** The same for passwords and secret keys, which may contain words. */
const MIN_PIECE_OF_PASSWORD = 12;
/** The same if only letters and digits are compared, whatever separates them. */
const MIN_PIECE_OF_LETTERS = 16;
/** An id in hex has something in common with a longer secret by chance. */
const MAX_HEX_SECRET_CHARACTERS = 512;

/** Everything that is derived from a secret is created on first use, since most texts repeat none. */
class Secret {
  readonly value: string;
  readonly #isToken: boolean;
  #plainText: string | undefined;
  #forms: readonly string[] | undefined;

  constructor(value: string, isToken: boolean) {
    this.value = value;
    this.#isToken = isToken;
  }

  get minPiece(): number {
    return this.#isToken ? MIN_PIECE : MIN_PIECE_OF_PASSWORD;
  }

  /** In lower case, without escapes and separators. */
  get plainText(): string {
    this.#plainText ??= lowerCase(this.#isToken ? plainTextOf(this.value) : plainViewOf(this.value).text);
    return this.#plainText;
  }

  get forms(): readonly string[] {
    this.#forms ??= formsOf(this.value);
    return this.#forms;
  }
}

export class Echoes {
  readonly #secrets: readonly Secret[];
  #pieces: Pieces | undefined;
  #piecesInHex: Pieces | undefined;

  constructor(tokens: readonly string[], passwords: readonly string[]) {
    this.#secrets = [
      ...tokens.map((token) => new Secret(token, true)),
      ...passwords.map((password) => new Secret(password, false)),
    ];
  }

  redact(text: string): string {
    let rest = text;
    const forms = formsIn(text, this.#secrets).sort((one, other) => other.length - one.length);
    for (const form of forms) rest = rest.replaceAll(form, REDACTED);
    return rest.length < MIN_PIECE ? rest : without(this.#piecesFor(rest), rest);
  }

  areIn(id: string): boolean {
    // The others are found by their pieces.
    const short = this.#secrets.filter(
      ({ value }) => value.length <= id.length && (value.length < MIN_PIECE || /[^ -~]/.test(value)),
    );
    if (formsIn(id, short).length > 0) return true;
    if (id.length < MIN_PIECE) return false;
    if (!isPlainHex(id)) return this.#piecesFor(id).length > 0;
    this.#piecesInHex ??= new Pieces(this.#secrets.filter(({ value }) => value.length <= MAX_HEX_SECRET_CHARACTERS));
    return this.#piecesInHex.areInPlain(id);
  }

  #piecesFor(text: string): Range[] {
    this.#pieces ??= new Pieces(this.#secrets);
    return this.#pieces.in(text);
  }
}

function formsIn(text: string, secrets: readonly Secret[]): string[] {
  const found: string[] = [];
  for (const secret of secrets) {
    // No form is shorter than its secret.
    if (secret.value.length > text.length) continue;
    for (const form of secret.forms) if (text.includes(form)) found.push(form);
  }
  return found;
}

/**
 * The usual id of SMS, which every response has. It contains nothing of a token except by chance, unless it is the hex code of
 * visible characters.
 */
function isPlainHex(id: string): boolean {
  return /^[\da-f-]+$/i.test(id) && !/(?:[2-7][\da-f]){8}/i.test(id);
}

/** A secret as it is often written: percent-encoded, in hex, in base64. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const [hex, base64] = [bytes.toString('hex'), bytes.toString('base64')];
  // Some encoders leave !'()* as they are.
  const percent = [percentEncode(secret), encodeURIComponent(secret)];
  const lowerCase = percent.map((text) => text.replace(/%../g, (byte) => byte.toLowerCase()));
  const withinText = [base64Core(base64), base64Core(bytes.toString('base64url'))];
  return [...new Set([secret, ...percent, ...lowerCase, hex, hex.toUpperCase(), base64, ...withinText])];
}

/** Without padding, and without a last character that depends on the bytes that follow. */
function base64Core(base64: string): string {
  const text = base64.replace(/=+$/, '');
  return text.length % 4 === 0 ? text : text.slice(0, -1);
}

/** Pieces of secrets, in any case. */
class Pieces {
  readonly #texts: readonly string[];
  readonly #plain: readonly CommonRuns[];
  #letters: CommonRuns | undefined;

  constructor(secrets: readonly Secret[]) {
    const byLength = new Map<number, string[]>();
    this.#texts = secrets.map(({ plainText, minPiece }) => {
      const length = Math.max(MIN_PIECE, Math.min(minPiece, plainText.length));
      const group = byLength.get(length);
      if (group) group.push(plainText);
      else byLength.set(length, [plainText]);
      return plainText;
    });
    this.#plain = [...byLength].map(([length, texts]) => new CommonRuns(texts, length));
  }

  /** Whether they are in a text without escapes and encoded parts. */
  areInPlain(text: string): boolean {
    if (this.#texts.length === 0) return false;
    const plain = lowerCase(text);
    return this.#plain.some((runs) => runs.in(plain).length > 0) || this.#areInLetters(plain);
  }

  /** Where they are in a text. */
  in(text: string): Range[] {
    const view = plainViewOf(text);
    const ranges: Range[] = [];
    for (const some of [view, ...decodedViewsOf(view)])
      for (const runs of this.#plain) ranges.push(...rangesOf(runs, some));
    // A view knows where each of its characters comes from, which costs more than the search.
    if (this.#areInLetters(lowerCase(view.text)) && this.#letters)
      ranges.push(...rangesOf(this.#letters, lettersOf(view)));
    return ranges;
  }

  #areInLetters(text: string): boolean {
    if (text.length < MIN_PIECE_OF_LETTERS) return false;
    const letters = onlyLetters(text);
    if (letters.length < MIN_PIECE_OF_LETTERS) return false;
    this.#letters ??= new CommonRuns(this.#texts.map(onlyLetters), MIN_PIECE_OF_LETTERS);
    return this.#letters.in(letters).length > 0;
  }
}

function onlyLetters(text: string): string {
  return text.replace(/[^a-z\d]+/g, '');
}

function rangesOf(runs: CommonRuns, view: View): Range[] {
  return runs.in(lowerCase(view.text)).map((range) => view.locate(range));
}

/** Keeps every character in its position: those that would become two in lower case stay as they are. */
function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function without(ranges: readonly Range[], text: string): string {
  if (ranges.length === 0) return text;
  let rest = '';
  let end = 0;
  for (const [from, to] of ranges.toSorted(([one], [other]) => one - other)) {
    if (from > end || rest === '') rest += `${text.slice(end, from)}${REDACTED}`;
    end = Math.max(end, to);
  }
  return rest + text.slice(end);
}
