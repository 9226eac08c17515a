import type { CallerIdentity } from './caller-identity.ts';

/** Callers without a permit whose entry is kept, since most come back. */
const MAX_IDLE_ENTRIES = 1024;

export interface ShareLimits {
  /** Permits in all. */
  all: number;
  /** Permits of one line. Default: all. */
  most?: number;
  /** A line may take one while it holds fewer than so many times what is free. */
  greed: number;
}

/**
 * Permits that callers share. What a line may hold depends on what is free, so one that takes all it gets leaves some to the
 * next that comes, however many do so. Alone it gets at most `greed` of `greed + 1` parts, where there are enough permits to
 * divide. Callers that share a line divide its part in the same way.
 */
export class FairShare {
  readonly #all: number;
  readonly #most: number;
  readonly #greed: number;
  readonly #lines = new Tally();
  /** Callers that are not known yet, in the lines of their networks. */
  readonly #members = new Tally();
  #taken = 0;

  constructor({ all, most = all, greed }: ShareLimits) {
    this.#all = all;
    this.#most = most;
    this.#greed = greed;
  }

  get taken(): number {
    return this.#taken;
  }

  mayTake(caller: CallerIdentity): boolean {
    const { line } = caller;
    if (!this.lineMayTake(line)) return false;
    return !isMember(caller, line) || this.#members.of(caller.fingerprint) < this.#greed * this.#leftFor(line);
  }

  lineMayTake(line: string): boolean {
    const held = this.#lines.of(line);
    return this.#free > 0 && held < this.#most && held < this.#greed * this.#free;
  }

  heldByLine(line: string): number {
    return this.#lines.of(line);
  }

  /** By a caller that is not known yet. */
  heldByMember(fingerprint: string): number {
    return this.#members.of(fingerprint);
  }

  /** Returns the line that holds the permit, which is the caller's at present and has to be given back with it. */
  take(caller: CallerIdentity): string {
    const { line } = caller;
    this.#taken += 1;
    this.#lines.add(line, 1);
    if (isMember(caller, line)) this.#members.add(caller.fingerprint, 1);
    return line;
  }

  giveBack(caller: CallerIdentity, line: string): void {
    this.#taken -= 1;
    this.#lines.add(line, -1);
    if (isMember(caller, line)) this.#members.add(caller.fingerprint, -1);
  }

  /** How many permits the line could take now, one after another. */
  #leftFor(line: string): number {
    const held = this.#lines.of(line);
    return Math.min(this.#most - held, Math.ceil((this.#greed * this.#free - held) / (this.#greed + 1)));
  }

  get #free(): number {
    return this.#all - this.#taken;
  }
}

/** Whether the caller shares the line with others, as it does until it is known. */
function isMember(caller: CallerIdentity, line: string): boolean {
  return caller.hasCredentials && line !== caller.fingerprint;
}

/** How many permits each holds. */
class Tally {
  readonly #counts = new Map<string, number>();

  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  add(key: string, change: 1 | -1): void {
    const count = this.of(key) + change;
    if (count === 0 && this.#counts.size > MAX_IDLE_ENTRIES) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }
}
