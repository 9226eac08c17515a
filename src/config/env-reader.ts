/** Reads settings from the environment. Each call that reads one also declares it: docs/configuration.md is written from that. */
import { printable, SettingsError } from './settings.ts';
import { isServicePort } from './unknown-settings.ts';

/** A setting as the documentation lists it. The texts are Markdown. */
export interface Setting {
  name: string;
  /** A second name that works too. */
  alias: string | undefined;
  /** The heading of docs/configuration.md below which it is listed. */
  section: string;
  meaning: string;
  default: string;
  allowed: string;
  /** Whether its value is or contains a secret. */
  isSecret: boolean;
}

/** What the documentation says of a setting where its type and its default do not say it. */
type Notes = Partial<Pick<Setting, 'alias' | 'default' | 'allowed' | 'isSecret'>>;

/** In Markdown. */
export const code = (value: string | number) => `\`${value}\``;

/** Collects the problems, so that all are reported together, and the settings. */
export class EnvReader {
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #problems: string[] = [];
  readonly #settings = new Map<string, Setting>();

  constructor(env: Readonly<Record<string, string | undefined>>) {
    this.#env = env;
  }

  /** Declares and reads settings of one section of docs/configuration.md. */
  section(title: string): SectionReader {
    return new SectionReader(this, title);
  }

  declare(setting: Setting): void {
    this.#settings.set(setting.name, setting);
  }

  /** The settings that have been read so far, set or not: in the end, all that exist. */
  get settings(): readonly Setting[] {
    return [...this.#settings.values()];
  }

  /** Their names, also the second ones. */
  get names(): ReadonlySet<string> {
    return new Set(this.settings.flatMap(({ name, alias = name }) => [name, alias]));
  }

  /** The trimmed value of a variable. An empty one counts as not set. */
  value(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  /** Whether a variable exists without a value: somebody has probably meant to set it. */
  isEmpty(name: string): boolean {
    return this.#env[name]?.trim() === '';
  }

  addProblem(name: string, problem: string): void {
    this.#problems.push(`${name} ${problem}`);
  }

  /** Throws `SettingsError` if there are any. */
  throwIfProblems(): void {
    if (this.#problems.length > 0) throw new SettingsError(this.#problems.join('\n'));
  }
}

export class SectionReader {
  readonly #reader: EnvReader;
  readonly #section: string;

  constructor(reader: EnvReader, section: string) {
    this.#reader = reader;
    this.#section = section;
  }

  /** A setting with two names, which must not disagree. */
  text(name: string, meaning: string, notes: Notes = {}): string | undefined {
    this.#declare(name, meaning, notes);
    const value = this.#reader.value(name);
    const other = notes.alias === undefined ? undefined : this.#reader.value(notes.alias);
    if (value !== undefined && other !== undefined && value !== other)
      this.#reader.addProblem(name, `and ${notes.alias} are both set and differ. Set one of them.`);
    return value ?? other;
  }

  /** Comma-separated values. */
  list(name: string, meaning: string, notes: Notes): string[] {
    return (this.text(name, meaning, notes) ?? '')
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '');
  }

  integer(
    name: string,
    standard: number,
    [min, max]: readonly [number, number],
    meaning: string,
    notes?: Notes,
  ): number {
    const text = this.text(name, meaning, { default: code(standard), allowed: `${min} to ${max}`, ...notes });
    if (text === undefined) return standard;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    const origin =
      name.endsWith('_PORT') && isServicePort(text)
        ? `, which Kubernetes sets for a Service named "${name.slice(0, -5).toLowerCase().replaceAll('_', '-')}". Rename the Service, set enableServiceLinks: false for the pod, or set ${name} yourself.`
        : '.';
    this.#reader.addProblem(name, `is ${printable(text)}${origin} Allowed: a whole number from ${min} to ${max}.`);
    return standard;
  }

  boolean(name: string, standard: boolean, meaning: string, notes?: Notes): boolean {
    const value = this.choice(name, standard ? 'true' : 'false', ['true', 'false', 'on', 'off'], meaning, notes);
    return value === 'true' || value === 'on';
  }

  choice<Value extends string>(
    name: string,
    standard: NoInfer<Value>,
    allowed: readonly Value[],
    meaning: string,
    notes?: Notes,
  ): Value {
    const text = this.text(name, meaning, { default: code(standard), allowed: allowed.map(code).join(', '), ...notes });
    const value = allowed.find((one) => one === text);
    if (text !== undefined && value === undefined)
      this.#reader.addProblem(name, `is ${printable(text)}. Allowed: ${allowed.join(', ')}.`);
    return value ?? standard;
  }

  #declare(
    name: string,
    meaning: string,
    { alias, default: standard = 'none', allowed = '', isSecret = false }: Notes,
  ) {
    this.#reader.declare({ name, alias, section: this.#section, meaning, default: standard, allowed, isSecret });
  }
}
