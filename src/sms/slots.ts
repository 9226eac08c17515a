import { type CallerIdentity, NOBODY } from './caller-identity.ts';
import { FairQueue, type Waiting } from './fair-queue.ts';
import { FairShare } from './fair-share.ts';

/** One caller gets at most 15 of 16 connections, so that one whose calls hang does not keep out the next. */
const GREED = 15;

/** Of whoever has taken it. */
export interface Slot {
  readonly caller: CallerIdentity;
  readonly line: string;
}

interface WaitingCall extends Waiting {
  begin(slot: Slot): void;
}

/**
 * As many calls as there are connections. The others wait here, unsigned, and not in the client's own queue: what waits
 * there is sent whenever a connection is free, though its time may be over or the key have gone to rest. Callers take
 * turns. Weighed: p-limit, where a call cannot leave the queue alone.
 */
export class Slots {
  readonly #share: FairShare;
  readonly #queue = new FairQueue<WaitingCall>();

  constructor(count: number) {
    this.#share = new FairShare(count, GREED);
  }

  /** At once where one is free. The promise of a later one rejects when the signal is first, and then takes none. */
  take(signal: AbortSignal, caller: CallerIdentity = NOBODY): Slot | Promise<Slot> {
    if (this.#queue.size > 0 || !this.#share.mayTake(caller)) return this.#wait(signal, caller);
    return { caller, line: this.#share.take(caller) };
  }

  leave({ caller, line }: Slot): void {
    this.#share.giveBack(caller, line);
    this.#begin();
  }

  #begin(): void {
    for (let call = this.#queue.take(this.#share); call !== undefined; call = this.#queue.take(this.#share))
      call.begin({ caller: call.caller, line: this.#share.take(call.caller) });
  }

  #wait(signal: AbortSignal, caller: CallerIdentity): Promise<Slot> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#queue.remove(call);
        reject(signal.reason);
      };
      const call: WaitingCall = {
        caller,
        begin(slot) {
          signal.removeEventListener('abort', giveUp);
          resolve(slot);
        },
      };
      if (signal.aborted) return reject(signal.reason);
      this.#queue.add(call);
      signal.addEventListener('abort', giveUp, { once: true });
      // Those that wait may be the ones that have had their share.
      this.#begin();
    });
  }
}
