import { isLoopback } from '../sms/http/loopback.ts';
import { isServicePort } from './unknown-settings.ts';

/** What is wrong with the environment, one line per variable. Made to be printed: no line repeats a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

const MAX_WORD_CHARACTERS = 24;
const MAX_VALUE_CHARACTERS = 256;

/**
 * A value in quotes, or `[redacted]`. A variable may hold a key, a URL with a password or the content of a file by mistake,
 * so only what looks like a plain word, path, number or address is printed; a secret key is a word of 40 characters.
 * `whole` is the text that the value is a part of: a password may contain a comma.
 */
export function printable(value: string, whole = value): string {
  const isPlain = /^[\p{L}\p{N}._~/\\:*,[\]-]*$/u.test(whole);
  const longestWord = Math.max(...value.split(/[^\p{L}\p{N}]/u).map(({ length }) => length));
  const isShort = longestWord <= MAX_WORD_CHARACTERS && value.length <= MAX_VALUE_CHARACTERS;
  return isPlain && isShort ? `"${value}"` : '[redacted]';
}

/** Reads settings by name, and collects the problems so that all are reported together. */
export class EnvReader {
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #problems: string[] = [];
  readonly #names = new Set<string>();

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  addProblem(name: string, problem: string): void {
    this.#problems.push(`${name} ${problem}`);
  }

  /** Throws `SettingsError` if there are any. */
  throwIfProblems(): void {
    if (this.#problems.length > 0) throw new SettingsError(this.#problems.join('\n'));
  }

  /** The settings that have been read so far, set or not: in the end, all that exist. */
  get names(): ReadonlySet<string> {
    return this.#names;
  }

  /** The trimmed value. An empty variable counts as not set. */
  text(name: string): string | undefined {
    this.#names.add(name);
    return this.#env[name]?.trim() || undefined;
  }

  /** A setting with two names, which must not disagree. */
  either(name: string, otherName: string): string | undefined {
    const [value, otherValue] = [this.text(name), this.text(otherName)];
    if (value !== undefined && otherValue !== undefined && value !== otherValue)
      this.addProblem(name, `and ${otherName} are both set and differ. Set one of them.`);
    return value ?? otherValue;
  }

  /** Comma-separated values. */
  list(name: string): string[] {
    return (this.text(name) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  integer(name: string, defaultValue: number, [min, max]: readonly [number, number]): number {
    const text = this.text(name);
    if (text === undefined) return defaultValue;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    const origin =
      name.endsWith('_PORT') && isServicePort(text)
        ? `, which Kubernetes sets for a Service named "${name.slice(0, -5).toLowerCase().replaceAll('_', '-')}". Rename the Service, set enableServiceLinks: false for the pod, or set ${name} yourself.`
        : '.';
    this.addProblem(name, `is ${printable(text)}${origin} Allowed: a whole number from ${min} to ${max}.`);
    return defaultValue;
  }

  boolean(name: string, defaultValue: boolean): boolean {
    return this.choice(name, ['true', 'false'], defaultValue ? 'true' : 'false') === 'true';
  }

  choice<Value extends string>(name: string, allowed: readonly Value[], defaultValue: NoInfer<Value>): Value {
    const text = this.text(name);
    const value = allowed.find((one) => one === text);
    if (text !== undefined && value === undefined)
      this.addProblem(name, `is ${printable(text)}. Allowed: ${allowed.join(', ')}.`);
    return value ?? defaultValue;
  }

  /** The origin of a service to call: https, or http on a loopback address. */
  origin(name: string, text: string): string {
    const url = URL.parse(text);
    if (url !== null && url.href === `${url.origin}/` && isHttpsOrLoopback(url)) return url.origin;
    // Not repeated: a URL may contain a password.
    this.addProblem(
      name,
      'is not valid. Allowed: https://host or https://host:port without a path; http only on a loopback address.',
    );
    return '';
  }
}

export function isHttpsOrLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
