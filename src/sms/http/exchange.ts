/** One HTTP request and its response. Every request that the gateway sends to SMS, IAM and others is one of these. */
import type { Dispatcher } from 'undici';
import type { Budget } from '../budget/request-budget.ts';
import { DeadlineExceededError } from './deadline.ts';
import type { Redactor } from './redact.ts';
import { type HttpResponse, type ResponseReader, responseReader } from './response.ts';
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
  /** Ends the exchange at once, at every stage. */
  signal: AbortSignal;
  /** Knows the secrets of the request. */
  redactor?: Redactor;
  /** Pays for the bytes of the response. */
  budget?: Budget | undefined;
}

export function exchange(peer: Peer, request: HttpRequest, options: ExchangeOptions): Exchange {
  const { signal } = options;
  const started = new Exchange(peer, options);
  if (signal.aborted) started.onResponseError(null, signal.reason);
  else {
    signal.addEventListener('abort', started, { once: true });
    peer.dispatcher.dispatch({ origin: peer.origin, ...request }, started);
  }
  return started;
}

/** undici calls the `on...` methods. What they throw, it passes to `onResponseError`. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #peer: Peer;
  readonly #options: ExchangeOptions;
  readonly #response = Promise.withResolvers<HttpResponse>();
  /**
   * The complete response, whatever its status. Rejects with `SmsUnavailableError`, with the error that ended the
   * budget, or with the reason of the signal if that is not a deadline.
   */
  readonly response = this.#response.promise;
  readonly #released = Promise.withResolvers<void>();
  /** Resolves when undici has let go of the request: if it was aborted in the queue, only when its turn comes. */
  readonly released = this.#released.promise;
  #stage: Stage | 'over' = 'waiting';
  #controller: Dispatcher.DispatchController | null = null;
  #reader: ResponseReader | null = null;

  constructor(peer: Peer, options: ExchangeOptions) {
    this.#peer = peer;
    this.#options = options;
  }

  /** The signal was aborted. */
  handleEvent(): void {
    const controller = this.#controller;
    this.#fail(this.#options.signal.reason);
    controller?.abort(this.#options.signal.reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#stage === 'over') return void controller.abort(this.#options.signal.reason);
    this.#stage = 'sent';
    this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: Dispatcher.ResponseData['headers']): void {
    if (status < 200 || this.#stage === 'over') return;
    this.#stage = 'responding';
    this.#reader = responseReader(status, headers, this.#peer, this.#options);
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#reader?.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#reader !== null) this.#response.resolve(this.#reader.end());
    this.#end();
    this.#released.resolve();
  }

  onResponseError(_: unknown, cause: unknown): void {
    this.#fail(cause);
    this.#released.resolve();
  }

  #fail(cause: unknown): void {
    if (this.#stage === 'over') return;
    const { aborted, reason } = this.#options.signal;
    const isAbandoned = aborted && !(reason instanceof DeadlineExceededError);
    this.#response.reject(isAbandoned ? reason : transportError(cause, this.#peer, this.#stage));
    this.#end();
  }

  /** Drops all references: objects that outlive their use slow the garbage collection down. */
  #end(): void {
    this.#stage = 'over';
    this.#options.signal.removeEventListener('abort', this);
    this.#controller = null;
    this.#reader = null;
  }
}
