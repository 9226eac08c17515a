import { setTimeout as wait } from 'node:timers/promises';
import { Repeater, SlidingBuffer } from '@repeaterjs/repeater';
import type { SmsClient } from '../client.ts';
import { isThrottled, type RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { path } from '../http/path.ts';
import { NO_STORE } from '../shared-store.ts';
import { assertSameEntity, type Entity, markView } from './entities.ts';
import { SharedWatch } from './shared-watch.ts';

/** A look at a watched task, or why it can no longer be watched. */
export type TaskUpdate = { task: Entity; ended: boolean } | { error: unknown };

/** Who watches. */
export interface Watcher {
  /** The same for all requests of one caller, and for no other's. No secret. */
  key: string;
  /** The same for this caller in all processes that share a store, to which it is not told. A secret. */
  sharedKey?: string;
  /** A new client for this caller, whose calls end with the signal. */
  client(signal: AbortSignal): SmsClient;
}

export interface TaskWatches {
  /** Looks at a task every `interval` seconds, until it ends; yields the first look and each that differs. */
  watch(watcher: Watcher, taskId: string, interval: number): AsyncIterableIterator<TaskUpdate>;
  /** Ends every watch, and each that begins from now on, with an error that says that the gateway is being stopped. */
  stop(): void;
}

/** States in which nothing more happens until somebody acts. */
const END_STATES = new Set([
  'MIGRATE_SUCCESS',
  'SYNC_SUCCESS',
  'MIGRATE_FAIL',
  'SYNC_FAIL',
  'ABORT',
  'SYNC_F_ROLLBACK_SUCCESS',
]);

/** Failures in a row, other than "wait", after which a watch ends. */
const MAX_FAILURES = 5;
/** The longest wait between two looks while SMS fails or says "wait", in intervals. */
const MAX_WAIT_MS = 16;

interface Subscriber {
  interval: number;
  push(look: TaskUpdate): void;
  end(): void;
}

/**
 * The watched tasks of the process. However many subscribe to one task with one token, SMS is asked once an interval,
 * the shortest of theirs; with a shared store, once for all processes, and once more by each when something has changed.
 * `second` is the unit of the intervals in milliseconds, and `most` bounds the tasks watched.
 */
export function taskWatches({ second = 1000, most = 1000, store = NO_STORE } = {}): TaskWatches {
  const watches = new Map<string, TaskWatch>();
  let isStopping = false;
  return {
    watch(watcher, taskId, interval) {
      const key = `${watcher.key}/${taskId}`;
      return new Repeater<TaskUpdate>(async (push, stop) => {
        if (isStopping) {
          push({ error: stopping() });
          return stop();
        }
        let watch = watches.get(key);
        if (!watch) {
          if (watches.size >= most) {
            push({ error: new SmsUnavailableError('OVERLOADED', 'Too many tasks are being watched. Try later.') });
            return stop();
          }
          const shared = new SharedWatch(
            watcher.sharedKey === undefined ? NO_STORE : store,
            `${watcher.sharedKey}/${taskId}`,
          );
          watch = new TaskWatch(watcher, taskId, { second, shared, onClose: () => watches.delete(key) });
          watches.set(key, watch);
        }
        const leave = watch.join({ interval, push, end: stop });
        await stop;
        leave();
      }, new SlidingBuffer(1));
    },
    stop() {
      isStopping = true;
      for (const watch of watches.values()) watch.fail(stopping());
    },
  };
}

/** One task, watched for one caller by any number of subscribers. */
class TaskWatch {
  readonly #subscribers = new Set<Subscriber>();
  readonly #over = new AbortController();
  readonly #second: number;
  readonly #shared: SharedWatch;
  readonly #onClose: () => void;
  #last: { look: TaskUpdate; text: string } | undefined;

  constructor(
    watcher: Watcher,
    taskId: string,
    { second, shared, onClose }: { second: number; shared: SharedWatch; onClose: () => void },
  ) {
    this.#second = second;
    this.#shared = shared;
    this.#onClose = onClose;
    // Begins when the first subscriber has joined.
    queueMicrotask(() => this.#run(watcher, taskId));
  }

  join(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber);
    if (this.#last) subscriber.push(this.#last.look);
    return () => {
      this.#subscribers.delete(subscriber);
      if (this.#subscribers.size === 0) this.close();
    };
  }

  close(): void {
    if (this.#over.signal.aborted) return;
    this.#onClose();
    this.#over.abort();
    this.#shared.leave();
    for (const subscriber of this.#subscribers) subscriber.end();
  }

  /** Ends with an error, which is the last that subscribers see. */
  fail(error: unknown): void {
    this.#show({ error });
    this.close();
  }

  async #run(watcher: Watcher, taskId: string): Promise<void> {
    const { signal } = this.#over;
    let failures = 0;
    let slower = 1;
    while (!signal.aborted) {
      let pause = 0;
      try {
        if (!(await this.#shared.mustLook(this.#interval * this.#second))) {
          await this.#wait(1, 0);
          continue;
        }
        if (signal.aborted) return;
        const task = await watcher.client(signal).get<Entity>(path`/v3/tasks/${taskId}`);
        assertSameEntity(task, taskId);
        markView(task, 'detail');
        failures = 0;
        slower = 1;
        const ended = END_STATES.has(String(task['state']));
        const text = JSON.stringify(task, textOfBigint);
        this.#show({ task, ended }, text);
        if (!signal.aborted) await this.#shared.saw(text, this.#pace(1, 0));
        if (ended) return this.close();
      } catch (error) {
        if (signal.aborted) return;
        failures = isThrottled(error) ? failures : failures + 1;
        if (isFinal(error) || failures >= MAX_FAILURES) {
          return this.fail(error);
        }
        slower = Math.min(slower * 2, MAX_WAIT_MS);
        pause = (error as RequestRejectedError).facts.retryAfter ?? 0;
      }
      await this.#wait(slower, pause);
    }
  }

  /** In the unit of the intervals. */
  get #interval(): number {
    return Math.min(...[...this.#subscribers].map((subscriber) => subscriber.interval));
  }

  /** Milliseconds to the next look. */
  #pace(slower: number, pause: number): number {
    return Math.max(1, this.#interval * slower, pause) * this.#second;
  }

  async #wait(slower: number, pause: number): Promise<void> {
    await wait(this.#pace(slower, pause), undefined, { signal: this.#over.signal }).catch(() => {});
  }

  #show(look: TaskUpdate, text = ''): void {
    if (text !== '' && text === this.#last?.text) return;
    this.#last = { look, text };
    for (const subscriber of this.#subscribers) subscriber.push(look);
  }
}

function stopping(): SmsUnavailableError {
  const message =
    'The gateway is being stopped. Subscribe again: another instance, or this one once it is back, answers.';
  return new SmsUnavailableError('STOPPING', message, {
    code: 'GATEWAY_STOPPING',
    facts: { retryAfter: 1 },
    outcome: 'NOT_SENT',
  });
}

/** SMS has said no for good, or something else than SMS has failed. */
function isFinal(error: unknown): boolean {
  return !isThrottled(error) && !(error instanceof SmsUnavailableError);
}

function textOfBigint(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
