import type { AbortState } from '../../time/deadline.ts';

/** Whether the client of a request has disconnected. Costs far less than an `AbortSignal`, which only Yoga needs. */
export class Disconnect implements AbortState {
  aborted = false;
  reason: unknown = null;
  #controller: AbortController | null = null;

  asAbortSignal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.aborted) this.#controller.abort(this.reason);
    return this.#controller.signal;
  }

  abort(): void {
    this.aborted = true;
    this.reason = new DOMException('The client has disconnected.', 'AbortError');
    this.#controller?.abort(this.reason);
  }
}
