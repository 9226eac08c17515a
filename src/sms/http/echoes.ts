/** Finds secrets in texts of a server that knows them: whole, in every usual form, and in pieces. */
import { percentEncode } from '../sign.ts';
import { CommonRuns } from './common-runs.ts';
import { decodedViewsOf, lettersOf, plainViewOf, type Range, type View } from './text-view.ts';

export const REDACTED = '[secret]';

/** The length of a piece of a secret in characters. A shorter one reveals little, and words share it by chance. */
const MIN_PIECE = 8;
/** The same for passwords and secret keys, which may contain words. */
const MIN_PIECE_OF_PASSWORD = 12;
/** The same if only letters and digits are compared, whatever separates them. */
const MIN_PIECE_OF_LETTERS = 16;
/** An id in hex has something in common with a longer secret by chance. */
const MAX_HEX_SECRET_CHARACTERS = 512;

interface Secret {
  readonly value: string;
  readonly forms: () => readonly string[];
  readonly minPiece: number;
}

/** Everything that is derived from the secrets is created on first use, since most texts repeat none. */
export class Echoes {
  readonly #secrets: readonly Secret[];
  readonly #pieces: () => Pieces;
  readonly #piecesInHex: () => Pieces;

  constructor(tokens: readonly string[], passwords: readonly string[]) {
    const secretOf = (value: string, minPiece: number): Secret => ({
      value,
      forms: once(() => formsOf(value)),
      minPiece: Math.max(MIN_PIECE, Math.min(minPiece, value.length)),
    });
    const secrets = [
      ...tokens.map((token) => secretOf(token, MIN_PIECE)),
      ...passwords.map((password) => secretOf(password, MIN_PIECE_OF_PASSWORD)),
    ];
    this.#secrets = secrets;
    this.#pieces = once(() => new Pieces(secrets));
    this.#piecesInHex = once(
      () => new Pieces(secrets.filter(({ value }) => value.length <= MAX_HEX_SECRET_CHARACTERS)),
    );
  }

  redact(text: string): string {
    const forms = formsIn(text, this.#secrets).sort((one, other) => other.length - one.length);
    const rest = forms.reduce((some, form) => some.replaceAll(form, REDACTED), text);
    return rest.length < MIN_PIECE ? rest : without(this.#pieces().in(rest), rest);
  }

  areIn(id: string): boolean {
    // The others are found by their pieces.
    const short = this.#secrets.filter(({ value }) => value.length < MIN_PIECE || /[^ -~]/.test(value));
    if (formsIn(id, short).length > 0) return true;
    if (id.length < MIN_PIECE) return false;
    return isPlainHex(id) ? this.#piecesInHex().areInPlain(id) : this.#pieces().in(id).length > 0;
  }
}

function once<Value>(create: () => Value): () => Value {
  let created: { value: Value } | undefined;
  return () => {
    created ??= { value: create() };
    return created.value;
  };
}

function formsIn(text: string, secrets: readonly Secret[]): string[] {
  // No form is shorter than its secret.
  const possible = secrets.filter(({ value }) => value.length <= text.length);
  return possible.flatMap(({ forms }) => forms().filter((form) => text.includes(form)));
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
  readonly #plain: readonly CommonRuns[];
  readonly #letters: CommonRuns;

  constructor(secrets: readonly Secret[]) {
    const texts = secrets.map(({ value, minPiece }) => ({ minPiece, text: lowerCase(plainViewOf(value).text) }));
    const lengthOf = ({ minPiece, text }: (typeof texts)[number]) =>
      Math.max(MIN_PIECE, Math.min(minPiece, text.length));
    this.#plain = [...Map.groupBy(texts, lengthOf)].map(
      ([length, group]) =>
        new CommonRuns(
          group.map(({ text }) => text),
          length,
        ),
    );
    this.#letters = new CommonRuns(
      texts.map(({ text }) => onlyLetters(text)),
      MIN_PIECE_OF_LETTERS,
    );
  }

  /** Whether they are in a text without escapes and encoded parts. */
  areInPlain(text: string): boolean {
    const plain = lowerCase(text);
    return this.#plain.some((runs) => runs.in(plain).length > 0) || this.#letters.in(onlyLetters(plain)).length > 0;
  }

  /** Where they are in a text. */
  in(text: string): Range[] {
    const view = plainViewOf(text);
    const ranges = [view, ...decodedViewsOf(view)].flatMap((some) =>
      this.#plain.flatMap((runs) => rangesOf(runs, some)),
    );
    // A view knows where each of its characters comes from, which costs more than the search.
    const isInLetters = this.#letters.in(onlyLetters(lowerCase(view.text))).length > 0;
    return isInLetters ? [...ranges, ...rangesOf(this.#letters, lettersOf(view))] : ranges;
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
  let rest = '';
  let end = 0;
  for (const [from, to] of ranges.toSorted(([one], [other]) => one - other)) {
    if (from > end || rest === '') rest += `${text.slice(end, from)}${REDACTED}`;
    end = Math.max(end, to);
  }
  return rest + text.slice(end);
}
