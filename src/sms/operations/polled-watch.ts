import { setTimeout as wait } from 'node:timers/promises';
import { Repeater, SlidingBuffer } from '@repeaterjs/repeater';
import type { SmsClient } from '../client.ts';
import { isThrottled, type RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { NO_STORE, type SharedStore } from '../shared-store.ts';
import { SharedWatch } from './shared-watch.ts';

export interface Watcher {
  /** Identifies the caller in this process. Not a secret. */
  key: string;
  /** Identifies the caller in all processes. A secret, which the store never sees. */
  sharedKey?: string;
  /** A new client for this caller. The signal aborts its calls. */
  client(signal: AbortSignal): SmsClient;
}

/** What is watched, as one read found it. */
export interface Reading<Value> {
  value: Value;
  /** Equal for equal values. */
  text: string;
  ended: boolean;
}

/** The value as last read, or the error that ended the watch. */
export type WatchUpdate<Value> = { value: Value; ended: boolean } | { error: unknown };

interface Watched<Value> {
  /** Identifies what is watched. */
  key: string;
  read(sms: SmsClient): Promise<Reading<Value>>;
}

export interface WatchSettings {
  /** The unit of the intervals, in ms. */
  secondMs: number;
  maxWatches: number;
  store: SharedStore;
}

/** Failed reads in a row that end a watch. Throttled ones do not count. */
const MAX_FAILURES = 5;
/** The interval doubles with every failed or throttled read, up to this factor. */
const MAX_BACKOFF_FACTOR = 16;

/**
 * Subscribers with the same caller and key share one watch, which polls SMS at the shortest of their intervals. With a store,
 * only one process polls, and the others read what has changed.
 */
export class PolledWatches<Value> {
  readonly #settings: WatchSettings;
  readonly #watches = new Map<string, PolledWatch<Value>>();
  #stopped: SmsUnavailableError | null = null;

  constructor(settings: WatchSettings) {
    this.#settings = settings;
  }

  /** Reads every `interval` seconds until what is watched has ended. Yields the first value, and then every change. */
  watch(watcher: Watcher, watched: Watched<Value>, interval: number): AsyncIterableIterator<WatchUpdate<Value>> {
    return new Repeater<WatchUpdate<Value>>(async (push, stop) => {
      try {
        const leave = this.#watchOf(watcher, watched).join({ interval, push, end: stop });
        await stop;
        leave();
      } catch (error) {
        push({ error });
        stop();
      }
    }, new SlidingBuffer(1));
  }

  /** Ends all watches, present and future, with this error. */
  stop(error: SmsUnavailableError): void {
    this.#stopped = error;
    for (const watch of this.#watches.values()) watch.fail(error);
  }

  #watchOf(watcher: Watcher, watched: Watched<Value>): PolledWatch<Value> {
    if (this.#stopped) throw this.#stopped;
    const key = `${watcher.key}/${watched.key}`;
    const existing = this.#watches.get(key);
    if (existing) return existing;
    const { secondMs, maxWatches, store } = this.#settings;
    if (this.#watches.size >= maxWatches) throw tooManyWatches();
    const sharedStore = watcher.sharedKey === undefined ? NO_STORE : store;
    const shared = new SharedWatch(sharedStore, `${watcher.sharedKey}/${watched.key}`);
    const watch = new PolledWatch(watcher, watched, { secondMs, shared, onClose: () => this.#watches.delete(key) });
    this.#watches.set(key, watch);
    return watch;
  }
}

interface Subscriber<Value> {
  interval: number;
  push(update: WatchUpdate<Value>): void;
  end(): void;
}

/** One thing, watched for any number of subscribers of one caller. */
class PolledWatch<Value> {
  readonly #subscribers = new Set<Subscriber<Value>>();
  readonly #closing = new AbortController();
  readonly #secondMs: number;
  readonly #shared: SharedWatch;
  readonly #onClose: () => void;
  #last: { update: WatchUpdate<Value>; text: string } | undefined;

  constructor(
    watcher: Watcher,
    watched: Watched<Value>,
    { secondMs, shared, onClose }: { secondMs: number; shared: SharedWatch; onClose: () => void },
  ) {
    this.#secondMs = secondMs;
    this.#shared = shared;
    this.#onClose = onClose;
    // After the first subscriber has joined.
    queueMicrotask(() => this.#poll(watcher, watched));
  }

  /** Returns a function that removes the subscriber. The last one to leave closes the watch. */
  join(subscriber: Subscriber<Value>): () => void {
    this.#subscribers.add(subscriber);
    if (this.#last) subscriber.push(this.#last.update);
    return () => {
      this.#subscribers.delete(subscriber);
      if (this.#subscribers.size === 0) this.close();
    };
  }

  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#onClose();
    this.#closing.abort();
    this.#shared.release();
    for (const subscriber of this.#subscribers) subscriber.end();
  }

  fail(error: unknown): void {
    this.#publish({ error });
    this.close();
  }

  async #poll(watcher: Watcher, watched: Watched<Value>): Promise<void> {
    const { signal } = this.#closing;
    let failures = 0;
    let backoff = 1;
    while (!signal.aborted) {
      let retryAfter = 0;
      try {
        if (!(await this.#shared.shouldRead(this.#interval * this.#secondMs))) {
          await this.#wait(1, 0);
          continue;
        }
        if (signal.aborted) return;
        const { value, text, ended } = await watched.read(watcher.client(signal));
        failures = 0;
        backoff = 1;
        this.#publish({ value, ended }, text);
        if (!signal.aborted) await this.#shared.recordRead(text, this.#delay(1, 0));
        if (ended) return this.close();
      } catch (error) {
        if (signal.aborted) return;
        failures = isThrottled(error) ? failures : failures + 1;
        if (isPermanent(error) || failures >= MAX_FAILURES) return this.fail(error);
        backoff = Math.min(backoff * 2, MAX_BACKOFF_FACTOR);
        retryAfter = (error as RequestRejectedError).facts.retryAfter ?? 0;
      }
      await this.#wait(backoff, retryAfter);
    }
  }

  /** The shortest one of the subscribers, in seconds. */
  get #interval(): number {
    return Math.min(...[...this.#subscribers].map((subscriber) => subscriber.interval));
  }

  /** Milliseconds until the next read. */
  #delay(backoff: number, retryAfter: number): number {
    return Math.max(1, this.#interval * backoff, retryAfter) * this.#secondMs;
  }

  async #wait(backoff: number, retryAfter: number): Promise<void> {
    await wait(this.#delay(backoff, retryAfter), undefined, { signal: this.#closing.signal }).catch(() => {});
  }

  /** Skips an update with the same text as the last one. */
  #publish(update: WatchUpdate<Value>, text = ''): void {
    if (text !== '' && text === this.#last?.text) return;
    this.#last = { update, text };
    for (const subscriber of this.#subscribers) subscriber.push(update);
  }
}

function tooManyWatches(): SmsUnavailableError {
  return new SmsUnavailableError('OVERLOADED', 'Too many tasks are being watched. Try later.');
}

/** Whether another read would fail, too: SMS rejected the call, or the gateway has a bug. */
function isPermanent(error: unknown): boolean {
  return !isThrottled(error) && !(error instanceof SmsUnavailableError);
}
