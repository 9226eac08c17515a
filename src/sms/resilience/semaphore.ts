import { ANONYMOUS_CALLER, type CallerIdentity } from '../../fairness/caller-identity.ts';
import { FairQueue, type Waiting } from '../../fairness/fair-queue.ts';
import { FairShare, type ShareLimits } from '../../fairness/fair-share.ts';
import type { Abortable } from '../../time/deadline.ts';

export interface SemaphoreOptions {
  /** Beyond it, a call of the caller with the most waiting calls fails with the error that `overloaded` makes. */
  maxWaiting?: number;
  overloaded?: () => Error;
}

/** The right to make one call. Give it back with `release`. */
export interface Permit {
  readonly caller: CallerIdentity;
  /** The fairness group that holds it. */
  readonly group: string;
}

interface WaitingCall extends Waiting {
  resolve(permit: Permit): void;
  reject(error: Error): void;
}

/**
 * One permit per connection, shared fairly among callers. Calls wait here, unsigned, and not in undici's queue: undici sends
 * a queued call as soon as a connection is free, even if its deadline has passed or the key has been suspended.
 */
export class Semaphore {
  readonly #share: FairShare;
  readonly #queue: FairQueue<WaitingCall>;
  readonly #maxWaiting: number;
  readonly #overloaded: () => Error;

  constructor(
    limits: ShareLimits,
    { maxWaiting = Number.POSITIVE_INFINITY, overloaded = () => new Error('Overloaded') }: SemaphoreOptions = {},
  ) {
    this.#share = new FairShare(limits);
    this.#queue = new FairQueue(this.#share);
    this.#maxWaiting = maxWaiting;
    this.#overloaded = overloaded;
  }

  /** Calls that hold a permit. */
  get inUse(): number {
    return this.#share.inUse;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * A free permit is granted synchronously: what the caller has just checked, such as the circuit breaker, still holds. The
   * promise rejects with the reason of the signal if that is aborted first.
   */
  acquire(deadline: Abortable, caller: CallerIdentity = ANONYMOUS_CALLER): Permit | Promise<Permit> {
    // Overtakes nobody: the queue holds only callers that may not acquire a permit now.
    return this.#share.mayAcquire(caller) ? this.#grant(caller) : this.#wait(deadline.signal, caller);
  }

  release({ caller, group }: Permit): void {
    this.#share.release(caller, group);
    for (let call = this.#queue.take(); call !== undefined; call = this.#queue.take())
      call.resolve(this.#grant(call.caller));
  }

  #grant(caller: CallerIdentity): Permit {
    return { caller, group: this.#share.acquire(caller) };
  }

  async #wait(signal: AbortSignal, caller: CallerIdentity): Promise<Permit> {
    signal.throwIfAborted();
    if (this.#queue.size >= this.#maxWaiting) this.#evictFor(caller);
    const { promise, resolve, reject } = Promise.withResolvers<Permit>();
    const call: WaitingCall = { caller, resolve, reject };
    const abort = () => {
      this.#queue.remove(call);
      reject(signal.reason);
    };
    this.#queue.add(call);
    signal.addEventListener('abort', abort, { once: true });
    return promise.finally(() => signal.removeEventListener('abort', abort));
  }

  #evictFor(caller: CallerIdentity): void {
    const evicted = this.#queue.evictionFor(caller);
    if (evicted === undefined) throw this.#overloaded();
    this.#queue.remove(evicted);
    evicted.reject(this.#overloaded());
  }
}
