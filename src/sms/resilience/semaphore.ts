import { ANONYMOUS_CALLER, type CallerIdentity } from '../fairness/caller-identity.ts';
import { FairQueue, type Waiting } from '../fairness/fair-queue.ts';
import { FairShare, type ShareLimits } from '../fairness/fair-share.ts';

export interface SemaphoreOptions {
  /** Most calls that wait. Beyond it one of the caller that has the most waiting is given up with this error. */
  maxWaiting?: number;
  full?: () => Error;
}

/** Of whoever has taken it. */
export interface Permit {
  readonly caller: CallerIdentity;
  readonly group: string;
}

interface WaitingCall extends Waiting {
  begin(slot: Permit): void;
  giveUp(error: Error): void;
}

/**
 * As many calls as there are connections. The others wait here, unsigned, and not in the client's own queue: what waits
 * there is sent whenever a connection is free, though its time may be over or the key have gone to rest. Callers take
 * turns. Weighed: p-limit, where a call cannot leave the queue alone.
 */
export class Semaphore {
  readonly #share: FairShare;
  readonly #queue = new FairQueue<WaitingCall>();

  readonly #maxWaiting: number;
  readonly #full: () => Error;

  constructor(
    limits: ShareLimits,
    { maxWaiting = Number.POSITIVE_INFINITY, full = () => new Error('full') }: SemaphoreOptions = {},
  ) {
    this.#share = new FairShare(limits);
    this.#maxWaiting = maxWaiting;
    this.#full = full;
  }

  /** At once where one is free. The promise of a later one rejects when the signal is first, and then takes none. */
  acquire(signal: AbortSignal, caller: CallerIdentity = ANONYMOUS_CALLER): Permit | Promise<Permit> {
    // Those that wait are the ones that may not take one.
    if (!this.#share.mayAcquire(caller)) return this.#wait(signal, caller);
    return { caller, group: this.#share.acquire(caller) };
  }

  release({ caller, group }: Permit): void {
    this.#share.release(caller, group);
    this.#begin();
  }

  #begin(): void {
    for (let call = this.#queue.take(this.#share); call !== undefined; call = this.#queue.take(this.#share))
      call.begin({ caller: call.caller, group: this.#share.acquire(call.caller) });
  }

  #wait(signal: AbortSignal, caller: CallerIdentity): Promise<Permit> {
    return new Promise((resolve, reject) => {
      const leave = () => call.giveUp(signal.reason);
      const call: WaitingCall = {
        caller,
        begin: (slot) => {
          signal.removeEventListener('abort', leave);
          resolve(slot);
        },
        giveUp: (error) => {
          signal.removeEventListener('abort', leave);
          this.#queue.remove(call);
          reject(error);
        },
      };
      if (signal.aborted) return reject(signal.reason);
      if (this.#queue.size >= this.#maxWaiting) {
        const other = this.#queue.dropFor(caller);
        if (other === undefined) return reject(this.#full());
        other.giveUp(this.#full());
      }
      this.#queue.add(call);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
