import { setTimeout as wait } from 'node:timers/promises';
import { Repeater, SlidingBuffer } from '@repeaterjs/repeater';
import type { SmsClient } from '../client.ts';
import { isThrottled, type RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { path } from '../http/path.ts';
import { NO_STORE } from '../shared-store.ts';
import { assertSameEntity, type Entity, markView } from './entities.ts';
import { SharedWatch } from './shared-watch.ts';

/** The task as last read, or the error that ended the watch. */
export type TaskUpdate = { task: Entity; ended: boolean } | { error: unknown };

export interface Watcher {
  /** Identifies the caller in this process. Not a secret. */
  key: string;
  /** Identifies the caller in all processes. A secret, which the store never sees. */
  sharedKey?: string;
  /** A new client for this caller. The signal aborts its calls. */
  client(signal: AbortSignal): SmsClient;
}

export interface TaskWatches {
  /** Reads a task every `interval` seconds until it ends. Yields the first result, and then every change. */
  watch(watcher: Watcher, taskId: string, interval: number): AsyncIterableIterator<TaskUpdate>;
  /** Ends all watches, present and future, with the error that the gateway is shutting down. */
  stop(): void;
}

/** States that a task only leaves when a user acts. */
const END_STATES = new Set([
  'MIGRATE_SUCCESS',
  'SYNC_SUCCESS',
  'MIGRATE_FAIL',
  'SYNC_FAIL',
  'ABORT',
  'SYNC_F_ROLLBACK_SUCCESS',
]);

/** Failed reads in a row that end a watch. Throttled ones do not count. */
const MAX_FAILURES = 5;
/** The interval doubles with every failed or throttled read, up to this factor. */
const MAX_BACKOFF = 16;

interface Subscriber {
  interval: number;
  push(update: TaskUpdate): void;
  end(): void;
}

/**
 * Subscribers with the same caller and task share one watch, which polls SMS at the shortest of their intervals. With a store,
 * only one process polls, and the others read what has changed. `secondMs` is the unit of the intervals.
 */
export function taskWatches({ secondMs = 1000, maxWatches = 1000, store = NO_STORE } = {}): TaskWatches {
  const watches = new Map<string, TaskWatch>();
  let isStopping = false;
  return {
    watch(watcher, taskId, interval) {
      const key = `${watcher.key}/${taskId}`;
      return new Repeater<TaskUpdate>(async (push, stop) => {
        const fail = (error: Error) => {
          push({ error });
          stop();
        };
        if (isStopping) return fail(shuttingDown());
        let watch = watches.get(key);
        if (!watch) {
          if (watches.size >= maxWatches) return fail(tooManyWatches());
          const sharedStore = watcher.sharedKey === undefined ? NO_STORE : store;
          const shared = new SharedWatch(sharedStore, `${watcher.sharedKey}/${taskId}`);
          watch = new TaskWatch(watcher, taskId, { secondMs, shared, onClose: () => watches.delete(key) });
          watches.set(key, watch);
        }
        const leave = watch.join({ interval, push, end: stop });
        await stop;
        leave();
      }, new SlidingBuffer(1));
    },
    stop() {
      isStopping = true;
      for (const watch of watches.values()) watch.fail(shuttingDown());
    },
  };
}

/** One task, watched for any number of subscribers of one caller. */
class TaskWatch {
  readonly #subscribers = new Set<Subscriber>();
  readonly #closing = new AbortController();
  readonly #secondMs: number;
  readonly #shared: SharedWatch;
  readonly #onClose: () => void;
  #last: { update: TaskUpdate; text: string } | undefined;

  constructor(
    watcher: Watcher,
    taskId: string,
    { secondMs, shared, onClose }: { secondMs: number; shared: SharedWatch; onClose: () => void },
  ) {
    this.#secondMs = secondMs;
    this.#shared = shared;
    this.#onClose = onClose;
    // After the first subscriber has joined.
    queueMicrotask(() => this.#poll(watcher, taskId));
  }

  /** Returns a function that removes the subscriber. The last one to leave closes the watch. */
  join(subscriber: Subscriber): () => void {
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

  async #poll(watcher: Watcher, taskId: string): Promise<void> {
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
        const task = await watcher.client(signal).get<Entity>(path`/v3/tasks/${taskId}`);
        assertSameEntity(task, taskId);
        markView(task, 'detail');
        failures = 0;
        backoff = 1;
        const ended = END_STATES.has(String(task['state']));
        const text = JSON.stringify(task, bigintToString);
        this.#publish({ task, ended }, text);
        if (!signal.aborted) await this.#shared.recordRead(text, this.#delay(1, 0));
        if (ended) return this.close();
      } catch (error) {
        if (signal.aborted) return;
        failures = isThrottled(error) ? failures : failures + 1;
        if (isPermanent(error) || failures >= MAX_FAILURES) return this.fail(error);
        backoff = Math.min(backoff * 2, MAX_BACKOFF);
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
  #publish(update: TaskUpdate, text = ''): void {
    if (text !== '' && text === this.#last?.text) return;
    this.#last = { update, text };
    for (const subscriber of this.#subscribers) subscriber.push(update);
  }
}

function tooManyWatches(): SmsUnavailableError {
  return new SmsUnavailableError('OVERLOADED', 'Too many tasks are being watched. Try later.');
}

function shuttingDown(): SmsUnavailableError {
  const message =
    'The gateway is shutting down. Subscribe again to reach another instance, or this one after its restart.';
  return new SmsUnavailableError('STOPPING', message, {
    code: 'GATEWAY_STOPPING',
    facts: { retryAfter: 1 },
    outcome: 'NOT_SENT',
  });
}

/** Whether another read would fail, too: SMS rejected the call, or the gateway has a bug. */
function isPermanent(error: unknown): boolean {
  return !isThrottled(error) && !(error instanceof SmsUnavailableError);
}

function bigintToString(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
