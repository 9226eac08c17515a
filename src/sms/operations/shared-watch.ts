/**
 * One process asks SMS for a task that several processes watch for one caller; the others ask when it has seen a change.
 * Responses are not shared: a hash tells that one differs.
 */
import { randomUUID } from 'node:crypto';
import type { SharedStore } from '../shared-store.ts';

/** A look that is not over by then has gone with its process. */
const MAX_LOOK_MS = 90_000;
/** How much later than announced the next look may be. */
const GRACE_MS = 5_000;

/** The process with the shortest interval looks, so that no one waits longer than it wants to. */
const TURN = `
  local holder = redis.call('GET', KEYS[1])
  local interval = holder and tonumber(string.match(holder, '^[%d.]+'))
  if not holder or string.find(holder, ARGV[1], 1, true) or tonumber(ARGV[2]) < interval then
    redis.call('SET', KEYS[1], ARGV[2] .. ' ' .. ARGV[1], 'PX', ARGV[3])
    return {1, redis.call('GET', KEYS[2]) or ''}
  end
  return {0, redis.call('GET', KEYS[2]) or ''}`;
const SAW = `
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[4])
  local holder = redis.call('GET', KEYS[1])
  if holder and string.find(holder, ARGV[1], 1, true) then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end`;
const LEAVE = `
  local holder = redis.call('GET', KEYS[1])
  if holder and string.find(holder, ARGV[1], 1, true) then redis.call('DEL', KEYS[1]) end`;
const PARTS = ['watcher', 'seen'];

export class SharedWatch {
  readonly #store: SharedStore;
  readonly #name: string;
  readonly #process = randomUUID();
  /** What this process has seen last. */
  #seen: string | null = null;

  /** `name` is the same for one caller and task in all processes. */
  constructor(store: SharedStore, name: string) {
    this.#store = store;
    this.#name = name;
  }

  /** Whether this process must look now: it is its turn, or there is something that it has not seen. */
  async mustLook(interval: number): Promise<boolean> {
    if (this.#store.status !== 'connected') return true;
    const reply = await this.#run(TURN, interval, MAX_LOOK_MS);
    const [isItsTurn, seen] = Array.isArray(reply) ? reply : [1, ''];
    return isItsTurn === 1 || this.#seen === null || seen !== this.#seen;
  }

  /** This process has looked, and looks again after `pace` milliseconds. */
  async saw(text: string, pace: number): Promise<void> {
    this.#seen = this.#store.hash(text);
    if (this.#seen !== null && this.#store.status === 'connected')
      await this.#run(SAW, this.#seen, Math.ceil(pace) + GRACE_MS, MAX_LOOK_MS + Math.ceil(pace));
  }

  /** Another process may look. */
  leave(): void {
    if (this.#store.status === 'connected') void this.#run(LEAVE);
  }

  #run(script: string, ...values: (string | number)[]): Promise<unknown> {
    return this.#store.run(script, this.#name, PARTS, [this.#process, ...values]);
  }
}
