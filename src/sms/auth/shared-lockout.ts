/** What the processes that use the same key tell each other, so that together they do not get it locked. */
import { randomUUID } from 'node:crypto';
import type { SharedStore } from '../shared-store.ts';

/** A trial that is not over by then has ended with its process. */
const MAX_TRIAL_MS = 90_000;

const TRIAL = `
  local left = redis.call('PTTL', KEYS[1])
  if left > 0 then return left end
  if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
  return -1`;
const RELEASE = `if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end`;
const REJECTED = `
  ${RELEASE}
  local count = redis.call('INCR', KEYS[3])
  redis.call('PEXPIRE', KEYS[3], ARGV[2])
  if count < tonumber(ARGV[3]) then return 0 end
  redis.call('SET', KEYS[1], 1, 'PX', ARGV[2])
  return tonumber(ARGV[2])`;
const ACCEPTED = `
  ${RELEASE}
  redis.call('DEL', KEYS[1], KEYS[3])`;
const PARTS = ['suspended', 'trial', 'rejected'];

/** `granted`: this process may make the trial call. `busy`: another one makes it. Otherwise the suspension in ms. */
export type Trial = 'granted' | 'busy' | { suspendedFor: number };

export class SharedLockout {
  readonly #store: SharedStore;
  readonly #process = randomUUID();

  constructor(store: SharedStore) {
    this.#store = store;
  }

  get isShared(): boolean {
    return this.#store.status === 'connected';
  }

  async trial(keyId: string): Promise<Trial> {
    const left = await this.#run(TRIAL, keyId, MAX_TRIAL_MS);
    if (left === -1) return 'busy';
    return typeof left === 'number' && left > 0 ? { suspendedFor: left } : 'granted';
  }

  async release(keyId: string): Promise<void> {
    await this.#run(RELEASE, keyId);
  }

  async accepted(keyId: string): Promise<void> {
    await this.#run(ACCEPTED, keyId);
  }

  /** Counts a rejection. From the `limit`th in a row on, the key is suspended for the returned milliseconds. */
  async rejected(keyId: string, suspension: number, limit: number): Promise<number> {
    return Number(await this.#run(REJECTED, keyId, suspension, limit));
  }

  #run(script: string, keyId: string, ...values: number[]): Promise<unknown> {
    return this.#store.run(script, `access key ${keyId}`, PARTS, [this.#process, ...values]);
  }
}
