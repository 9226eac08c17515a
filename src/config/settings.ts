import { isLoopback } from '../sms/http/loopback.ts';
import { isServicePort } from './unknown.ts';

/** What is wrong with the environment, a line a variable. Made to be printed; no line repeats a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * What a variable holds, as a message may tell it. Somebody may have put a key, a URL with a password or the content of a
 * file into it, so only what looks like a plain word, path, number or address is repeated. `within` is the whole text that
 * the value was cut out of: a password may hold a comma.
 */
export function shown(value: string, within = value): string {
  const isPlain = /^[\p{L}\p{N}._~/\\:*,[\]-]*$/u.test(within);
  const longestWord = Math.max(...value.split(/[^\p{L}\p{N}]/u).map(({ length }) => length));
  return isPlain && longestWord <= MAX_WORD_CHARACTERS && value.length <= MAX_VALUE_CHARACTERS
    ? `"${value}"`
    : 'something that is not shown here';
}

/** Letters and digits on end; secret keys have 40. Characters of a whole value. */
const MAX_WORD_CHARACTERS = 24;
const MAX_VALUE_CHARACTERS = 256;

/** Reads settings by name, and collects what is wrong so that all of it is told at once. */
export class Environment {
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #wrong: string[] = [];
  readonly #names = new Set<string>();

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  wrong(name: string, why: string): void {
    this.fail(`${name} ${why}`);
  }

  /** The same, as a sentence. */
  fail(sentence: string): void {
    this.#wrong.push(sentence);
  }

  /** Throws `SettingsError` when anything was wrong. */
  done(): void {
    if (this.#wrong.length > 0) throw new SettingsError(this.#wrong.join('\n'));
  }

  /** The settings that were read so far, whether they are set or not: by its end, all that there are. */
  get names(): ReadonlySet<string> {
    return this.#names;
  }

  /** The value without outer spaces. An empty variable counts as not set. */
  text(name: string): string | undefined {
    this.#names.add(name);
    return this.#env[name]?.trim() || undefined;
  }

  /** A value that goes by two names, which must not disagree. */
  either(name: string, other: string): string | undefined {
    const [one, two] = [this.text(name), this.text(other)];
    if (one !== undefined && two !== undefined && one !== two)
      this.wrong(name, `and ${other} are both set and differ. Set one of them.`);
    return one ?? two;
  }

  /** Values joined with commas. */
  list(name: string): string[] {
    return (this.text(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  integer(name: string, { default: otherwise, least, most }: { default: number; least: number; most: number }): number {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    const service = name.endsWith('_PORT') && isServicePort(text) ? name.slice(0, -5) : null;
    const why =
      service === null
        ? '.'
        : `, which Kubernetes sets for a Service named "${service.toLowerCase().replaceAll('_', '-')}". Rename the Service, set enableServiceLinks: false for the pod, or set ${name} yourself.`;
    this.wrong(name, `is ${shown(text)}${why} Allowed: a whole number from ${least} to ${most}.`);
    return otherwise;
  }

  boolean(name: string, otherwise: boolean): boolean {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    if (text !== 'true' && text !== 'false') this.wrong(name, `is ${shown(text)}. Allowed: true, false.`);
    return text === 'true';
  }

  choice<Value extends string>(name: string, allowed: readonly Value[], otherwise: Value): Value {
    const text = this.text(name);
    const value = allowed.find((one) => one === text);
    if (text !== undefined && value === undefined)
      this.wrong(name, `is ${shown(text)}. Allowed: ${allowed.join(', ')}.`);
    return value ?? otherwise;
  }

  /** An origin to call: https, or http on a loopback address. */
  origin(name: string, text: string): string {
    const url = URL.parse(text);
    const isBare = url !== null && url.href === `${url.origin}/`;
    const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
    if (url !== null && isBare && isSafe) return url.origin;
    // The value is not repeated: a URL may hold a password.
    this.wrong(
      name,
      'is not acceptable. Allowed: https://host or https://host:port without a path; http only on a loopback address.',
    );
    return '';
  }
}
