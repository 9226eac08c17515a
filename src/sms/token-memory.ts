import { hash, randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** What is known of a token, and until when (epoch ms). */
export interface Known<Value> {
  value: Value;
  until: number;
}

/** Tokens that are remembered at most; the longest unused is forgotten first. */
const MOST_TOKENS = 10_000;

// Another in each process, so that what is remembered cannot be held against a list of stolen tokens.
const SALT = randomBytes(32).toString('base64');

/**
 * What was learnt of callers' tokens, for as long as it holds. A token itself is never kept, only its salted hash. Callers
 * who come with the same token at once share one question, and a question that failed is forgotten at once.
 */
export class TokenMemory<Value> {
  readonly #ask: (token: string) => Promise<Known<Value>>;
  readonly #now: () => number;
  readonly #known: LRUCache<string, Known<Value>>;
  readonly #asking = new Map<string, Promise<Value>>();

  constructor(
    ask: (token: string) => Promise<Known<Value>>,
    { most = MOST_TOKENS, now = Date.now }: { most?: number; now?: () => number } = {},
  ) {
    this.#ask = ask;
    this.#now = now;
    this.#known = new LRUCache({ max: most });
  }

  /** At once where it is known, else when the answer is there. */
  of(token: string): Value | Promise<Value> {
    const key = hash('sha256', SALT + token, 'base64');
    const known = this.#known.get(key);
    if (known !== undefined && known.until > this.#now()) return known.value;
    const shared = this.#asking.get(key);
    if (shared !== undefined) return shared;
    const asked = this.#learn(key, token).finally(() => this.#asking.delete(key));
    this.#asking.set(key, asked);
    return asked;
  }

  async #learn(key: string, token: string): Promise<Value> {
    this.#known.delete(key);
    const known = await this.#ask(token);
    this.#known.set(key, known);
    return known.value;
  }
}
