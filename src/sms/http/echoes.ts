/** Secrets in a text of somebody who knows them: whole in every usual form, and in pieces. */

import { percentEncode } from '../sign.ts';
import { CommonRuns } from './common-runs.ts';
import { decodedViewsOf, lettersOf, plainViewOf, type Range, type View } from './text-view.ts';

export const REDACTED = '[secret]';

/** Characters in a row that are a piece of a secret. Fewer say little of it, and words share them. */
const PIECE = 8;
/** Passwords are made of words, and so may keys be. */
const PIECE_OF_PASSWORD = 12;
/** Where only letters and digits are compared, whatever stands between them. */
const PIECE_OF_LETTERS = 16;
/** Longest secret that may have something in common with an id in hex other than by chance. */
const MAX_HEX_SECRET = 512;

/** What is made of the secrets is made when it is first needed, for most texts repeat none. */
export class Echoes {
  readonly #secrets: readonly Secret[];
  #pieces: Pieces | undefined;
  #piecesInHex: Pieces | undefined;

  constructor(keys: readonly string[], passwords: readonly string[]) {
    this.#secrets = [
      ...keys.map((key) => new Secret(key, PIECE)),
      ...passwords.map((password) => new Secret(password, PIECE_OF_PASSWORD)),
    ];
  }

  redact(text: string): string {
    const forms = formsIn(text, this.#secrets).sort((one, other) => other.length - one.length);
    const rest = forms.reduce((some, form) => some.replaceAll(form, REDACTED), text);
    if (rest.length < PIECE) return rest;
    this.#pieces ??= new Pieces(this.#secrets);
    return without(this.#pieces.in(rest), rest);
  }

  areIn(id: string): boolean {
    // Of what is ASCII and long enough, the whole is found by its pieces.
    const short = this.#secrets.filter(({ value }) => value.length <= id.length);
    const others = short.filter(({ value }) => value.length < PIECE || /[^ -~]/.test(value));
    if (formsIn(id, others).length > 0) return true;
    if (id.length < PIECE) return false;
    if (isHex(id)) {
      this.#piecesInHex ??= new Pieces(this.#secrets.filter(({ value }) => value.length <= MAX_HEX_SECRET));
      return this.#piecesInHex.in(id).length > 0;
    }
    this.#pieces ??= new Pieces(this.#secrets);
    return this.#pieces.in(id).length > 0;
  }
}

function formsIn(text: string, secrets: readonly Secret[]): string[] {
  // No form is shorter than its secret, so most need not be made.
  const short = secrets.filter(({ value }) => value.length <= text.length);
  return short.flatMap(({ forms }) => forms().filter((form) => text.includes(form)));
}

/** The usual id of SMS, which every response has. Nothing of a token is in it but by chance, unless it is encoded. */
function isHex(id: string): boolean {
  return /^[\da-f-]+$/i.test(id) && decodedViewsOf(plainViewOf(id)).next().done === true;
}

class Secret {
  readonly value: string;
  /** As it is often written: percent-encoded, in hex, in base64. */
  readonly forms: () => readonly string[];
  /** Characters of it that are a piece. */
  readonly size: number;

  constructor(value: string, size: number) {
    this.value = value;
    this.size = Math.max(PIECE, Math.min(size, value.length));
    let made: readonly string[] | undefined;
    this.forms = () => {
      made ??= formsOf(value);
      return made;
    };
  }
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const [hex, base64] = [bytes.toString('hex'), bytes.toString('base64')];
  // Some leave !'()* as they are.
  const percent = [percentEncode(secret), encodeURIComponent(secret)];
  const lowerCase = percent.map((text) => text.replace(/%../g, (byte) => byte.toLowerCase()));
  // Padding ends a base64 text of its own; where more follows, there is none.
  const inText = [inner(base64), inner(bytes.toString('base64url'))];
  return [...new Set([secret, ...percent, ...lowerCase, hex, hex.toUpperCase(), base64, ...inText])];
}

/** Base64 without padding, and without a last character that depends on what follows. */
function inner(base64: string): string {
  const text = base64.replace(/=+$/, '');
  return text.length % 4 === 0 ? text : text.slice(0, -1);
}

/** Pieces of secrets, whatever their case. */
class Pieces {
  readonly #plain: readonly CommonRuns[];
  readonly #letters: CommonRuns;

  constructor(secrets: readonly Secret[]) {
    const readable = secrets.map(({ value, size }) => ({ size, text: inSmallLetters(plainViewOf(value).text) }));
    this.#plain = [...Map.groupBy(readable, ({ size, text }) => Math.max(PIECE, Math.min(size, text.length)))].map(
      ([size, some]) => new CommonRuns(textsOf(some), size),
    );
    const letters = textsOf(readable).map((text) => text.replace(/[^a-z\d]+/g, ''));
    this.#letters = new CommonRuns(letters, PIECE_OF_LETTERS);
  }

  /** Where they are. */
  in(text: string): Range[] {
    const view = plainViewOf(text);
    const views = [view, ...decodedViewsOf(view)];
    return [
      ...views.flatMap((some) => this.#plain.flatMap((runs) => placesOf(runs, some))),
      ...placesOf(this.#letters, lettersOf(view)),
    ];
  }
}

function textsOf(readable: readonly { text: string }[]): string[] {
  return readable.map(({ text }) => text);
}

function placesOf(runs: CommonRuns, view: View): Range[] {
  return runs.in(inSmallLetters(view.text)).map((range) => view.placeOf(range));
}

/** Every character keeps its place, so where one would become two, only those of ASCII change. */
function inSmallLetters(text: string): string {
  const small = text.toLowerCase();
  return small.length === text.length ? small : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
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
