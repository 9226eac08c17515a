/**
 * When several processes watch one task for one caller, one of them polls SMS. Responses are not shared: the others see from
 * a hash that something has changed, and then read once themselves.
 */
import { randomUUID } from 'node:crypto';
import type { SharedStore } from '../shared-store.ts';

/** A process whose read takes longer is assumed to be gone. */
const MAX_READ_MS = 90_000;
/** How much later than announced the next read may start. */
const GRACE_MS = 5_000;

/** The process with the shortest interval polls, so that no subscriber waits longer than its interval. */
const CLAIM = `
  local holder = redis.call('GET', KEYS[1])
  local interval = holder and tonumber(string.match(holder, '^[%d.]+'))
  if not holder or string.find(holder, ARGV[1], 1, true) or tonumber(ARGV[2]) < interval then
    redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. ARGV[1], 'PX', ARGV[3])
    return {1, redis.call('GET', KEYS[2]) or ''}
  end
  return {0, redis.call('GET', KEYS[2]) or ''}`;
const RECORD = `
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[4])
  local holder = redis.call('GET', KEYS[1])
  if holder and string.find(holder, ARGV[1], 1, true) then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end`;
const RELEASE = `
  local holder = redis.call('GET', KEYS[1])
  if holder and string.find(holder, ARGV[1], 1, true) then redis.call('DEL', KEYS[1]) end`;
const PARTS = ['watcher', 'seen'];

export class SharedWatch {
  readonly #store: SharedStore;
  readonly #name: string;
  readonly #process = randomUUID();
  /** Hash of the last response that this process read. */
  #lastHash: string | null = null;

  /** `name` identifies the caller and the task in all processes. */
  constructor(store: SharedStore, name: string) {
    this.#store = store;
    this.#name = name;
  }

  /** Whether this process polls, or has not yet read a change that another one has seen. */
  async shouldRead(interval: number): Promise<boolean> {
    if (this.#store.status !== 'connected') return true;
    const reply = await this.#run(CLAIM, interval, MAX_READ_MS);
    const [isPolling, hash] = Array.isArray(reply) ? reply : [1, ''];
    return isPolling === 1 || this.#lastHash === null || hash !== this.#lastHash;
  }

  /** `delay` is the time in ms until this process reads again. */
  async recordRead(text: string, delay: number): Promise<void> {
    this.#lastHash = this.#store.hash(text);
    if (this.#lastHash === null || this.#store.status !== 'connected') return;
    await this.#run(RECORD, this.#lastHash, Math.ceil(delay) + GRACE_MS, MAX_READ_MS + Math.ceil(delay));
  }

  /** Lets another process poll. */
  release(): void {
    if (this.#store.status === 'connected') void this.#run(RELEASE);
  }

  #run(script: string, ...values: (string | number)[]): Promise<unknown> {
    return this.#store.run(script, this.#name, PARTS, [this.#process, ...values]);
  }
}
