/** One HTTP request and its response: all requests that the gateway sends go through here. */
import type { Dispatcher } from 'undici';
import type { Budget } from '../budget/request-budget.ts';
import { DeadlineExceededError } from './deadline.ts';
import { NO_SECRETS, type Redactor, redactorOf } from './redact.ts';
import { type HttpResponse, ResponseReader } from './response.ts';
import type { Peer } from './transport.ts';
import { type Stage, transportError } from './transport-errors.ts';

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body?: string | null;
}

export interface ExchangeOptions {
  /** Ends the exchange, at once in every stage. */
  signal: AbortSignal;
  /** Knows the secrets of the request. */
  redactor?: Redactor;
  /** The bytes of the response are taken from it. */
  budget?: Budget | undefined;
}

export function exchange(peer: Peer, request: HttpRequest, options: ExchangeOptions): Exchange {
  const started = new Exchange(peer, options);
  started.send(request);
  return started;
}

/** undici's view of an exchange is the `on...` methods; callers use the others. */
export class Exchange implements Dispatcher.DispatchHandler {
  /**
   * The whole response, whatever its status. Rejects with `SmsUnavailableError`, with what ended the budget, or with the
   * reason of the signal unless that is a deadline.
   */
  readonly response: Promise<HttpResponse>;
  readonly #peer: Peer;
  readonly #options: ExchangeOptions;
  readonly #resolve: (response: HttpResponse | Promise<HttpResponse>) => void;
  readonly #reject: (error: unknown) => void;
  #stage: Stage = 'waiting';
  #isSettled = false;
  #controller: Dispatcher.DispatchController | null = null;
  #reader: ResponseReader | null = null;
  #isReleased = false;
  #onRelease: (() => void) | null = null;

  constructor(peer: Peer, options: ExchangeOptions) {
    this.#peer = peer;
    this.#options = options;
    const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>();
    this.response = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /**
   * Calls back when undici no longer holds the request: at once if that is so already. A request that was given up while it
   * waited for a connection stays in undici's queue until there is one, and is dropped then.
   */
  whenReleased(callback: () => void): void {
    if (this.#isReleased) callback();
    else this.#onRelease = callback;
  }

  send(request: HttpRequest): void {
    const { signal } = this.#options;
    if (signal.aborted) this.onResponseError(null, signal.reason);
    else {
      signal.addEventListener('abort', this, { once: true });
      this.#peer.dispatcher.dispatch({ origin: this.#peer.origin, ...request }, this);
    }
  }

  /** Of the signal. */
  handleEvent(): void {
    const { reason } = this.#options.signal;
    const controller = this.#controller;
    this.#fail(reason);
    controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#isSettled) controller.abort(this.#options.signal.reason);
    else {
      this.#stage = 'sent';
      this.#controller = controller;
    }
  }

  /** What this and `onResponseData` throw, undici passes to `onResponseError`, and closes the connection. */
  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: ResponseHeaders): void {
    if (status < 200 || this.#isSettled) return;
    this.#stage = 'responding';
    const { redactor = redactorOf(NO_SECRETS), budget } = this.#options;
    this.#reader = new ResponseReader(status, headers, this.#peer, redactor, budget);
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#reader?.push(chunk);
  }

  onResponseEnd(): void {
    const reader = this.#reader;
    this.#settle();
    if (reader !== null) this.#resolve(reader.end());
    this.#release();
  }

  onResponseError(_: Dispatcher.DispatchController | null, cause: unknown): void {
    this.#fail(cause);
    this.#release();
  }

  #fail(cause: unknown): void {
    if (this.#isSettled) return;
    const { aborted, reason } = this.#options.signal;
    const isAbandoned = aborted && !(reason instanceof DeadlineExceededError);
    this.#reject(isAbandoned ? reason : transportError(cause, this.#peer, this.#stage));
    this.#settle();
  }

  /** Lets go of everything, so that nothing keeps it alive: not the signal, nor undici. */
  #settle(): void {
    this.#isSettled = true;
    this.#options.signal.removeEventListener('abort', this);
    this.#controller = null;
    this.#reader = null;
  }

  #release(): void {
    this.#isReleased = true;
    this.#onRelease?.();
    this.#onRelease = null;
  }
}

type ResponseHeaders = Dispatcher.ResponseData['headers'];
