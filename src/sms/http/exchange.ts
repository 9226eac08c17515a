/** One HTTP request and its response. Every request that the gateway sends to SMS, IAM and others is one of these. */
import type { Dispatcher } from 'undici';
import { type Deadline, DeadlineExceededError, type DeadlineListener } from '../../time/deadline.ts';
import { isRoundFull, nextTurn } from '../../time/event-loop-turns.ts';
import type { CallBudget } from '../call-budget.ts';
import type { Redactor } from './redact.ts';
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
  /** Ends the exchange at every stage. No other exchange may go on with the same deadline. */
  deadline: Deadline;
  /** Knows the secrets of the request. */
  redactor?: Redactor;
  /** Pays for the bytes of the response. */
  budget?: CallBudget | undefined;
}

export function exchange(peer: Peer, request: HttpRequest, options: ExchangeOptions): Exchange {
  const { deadline } = options;
  const started = new Exchange(peer, options);
  if (deadline.aborted) started.onResponseError(null, deadline.reason);
  else {
    deadline.listener = started;
    if (peer.tracer === undefined) dispatch(peer, request, started);
    else peer.tracer.trace(peer, request, started.response, () => dispatch(peer, request, started));
  }
  return started;
}

function dispatch({ dispatcher, origin }: Peer, { method, path, headers, body }: HttpRequest, handler: Exchange): void {
  dispatcher.dispatch({ origin, method, path, headers, body: body ?? null }, handler);
}

/** undici calls the `on...` methods. What they throw, it passes to `onResponseError`. */
export class Exchange implements Dispatcher.DispatchHandler, DeadlineListener {
  readonly #peer: Peer;
  readonly #options: ExchangeOptions;
  readonly #response = Promise.withResolvers<HttpResponse>();
  #stage: Stage | 'over' = 'waiting';
  #controller: Dispatcher.DispatchController | null = null;
  #reader: ResponseReader | null = null;
  #isReleased = false;
  #onReleased: (() => void) | null = null;

  constructor(peer: Peer, options: ExchangeOptions) {
    this.#peer = peer;
    this.#options = options;
  }

  /**
   * The complete response, whatever its status. Rejects with `SmsUnavailableError`, with the error that ended the
   * budget, or with the reason of the caller's signal.
   */
  get response(): Promise<HttpResponse> {
    return this.#response.promise;
  }

  /** Calls back when undici has let go of the request: if it was aborted in the queue, only when its turn comes. */
  whenReleased(callback: () => void): void {
    if (this.#isReleased) callback();
    else this.#onReleased = callback;
  }

  onAborted(reason: unknown): void {
    const controller = this.#controller;
    this.#fail(reason);
    controller?.abort(reason as Error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#stage === 'over') return void controller.abort(new Error('The request is over.'));
    this.#stage = 'sent';
    this.#controller = controller;
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Dispatcher.ResponseData['headers'],
  ): void {
    forgetRawHeaders(controller);
    if (status < 200 || this.#stage === 'over') return;
    this.#stage = 'responding';
    this.#reader = new ResponseReader(status, headers, this.#peer, this.#options);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#reader?.push(chunk);
    // Many long responses may arrive in one round of the event loop.
    if (this.#reader?.isLongAndIncomplete && isRoundFull()) {
      controller.pause();
      void nextTurn().then(() => controller.resume());
    }
  }

  onResponseEnd(): void {
    if (this.#reader !== null) this.#response.resolve(this.#reader.end());
    this.#end();
    this.#release();
  }

  onResponseError(_: unknown, cause: unknown): void {
    this.#fail(cause);
    this.#release();
  }

  #fail(cause: unknown): void {
    if (this.#stage === 'over') return;
    const { aborted, reason } = this.#options.deadline;
    const isAbandoned = aborted && !(reason instanceof DeadlineExceededError);
    this.#response.reject(isAbandoned ? reason : transportError(cause, this.#peer, this.#stage));
    this.#end();
  }

  #release(): void {
    this.#isReleased = true;
    this.#onReleased?.();
    this.#onReleased = null;
  }

  /** Drops all references: objects that outlive their use slow the garbage collection down. */
  #end(): void {
    this.#stage = 'over';
    this.#options.deadline.listener = null;
    this.#controller = null;
    this.#reader = null;
  }
}

/**
 * undici keeps the headers as slices of what it has read, in an array that is as old as the response before. Garbage collection
 * of young objects takes an old array for alive, and the 64 KB with the headers too.
 */
function forgetRawHeaders({ rawHeaders }: Dispatcher.DispatchController): void {
  if (Array.isArray(rawHeaders)) rawHeaders.length = 0;
}
