import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { sendNodeResponse } from '@whatwg-node/server';
import type { YogaServerInstance } from 'graphql-yoga';
import { type Ended, newServed, type Served } from './access-log.ts';
import type { Admission, Slot } from './admission.ts';
import { type BodyLimits, bodyReader } from './body.ts';
import { requestIdOf } from './context.ts';
import { type Refusal, refuser } from './edge-refusal.ts';
import { bugOf, type Log } from './log.ts';

/** What a request brings along into GraphQL. */
export interface EdgeContext {
  served: Served;
  slot: Slot;
}

export interface EdgeOptions extends BodyLimits {
  admission: Admission;
  /** Milliseconds for which a client may leave its answer unread. */
  maxStall: number;
  corsOrigins: readonly string[];
  log: Log;
  /** Whether the process is about to stop, so that connections should not be kept. */
  isLeaving(): boolean;
  onEnd(served: Served, ended: Ended): void;
}

type Yoga = YogaServerInstance<Partial<EdgeContext>, object>;

/** Answered whatever the load. */
const PROBES = new Set(['/health', '/ready']);

const OVERLOADED: Refusal = {
  status: 503,
  code: 'OVERLOADED',
  message: 'The gateway has more work than it can do. Try again later.',
  retryAfter: 1,
};
const NO_PATH: Refusal = { status: 400, code: 'BAD_REQUEST', message: 'The request names no path.' };
const REFUSALS = {
  OVERLOADED,
  BODY_TOO_LARGE: { status: 413, code: 'BODY_TOO_LARGE', message: 'The body is longer than allowed.' },
  BODY_NOT_UTF8: { status: 400, code: 'BODY_NOT_UTF8', message: 'The body is not UTF-8.' },
};

/**
 * What stands between the network and GraphQL: reads a body that is not too long, waits for a slot, hands the request
 * over, and sends the answer. A slot is taken only by a request that is here in full, so that slow clients hold none.
 */
export function edge(yoga: Yoga, options: EdgeOptions): RequestListener {
  const { admission, maxStall, corsOrigins, log, isLeaving, onEnd } = options;
  const bodyOf = bodyReader(options);
  const refuse = refuser(corsOrigins);

  return (request, response) => {
    if (isLeaving()) response.setHeader('connection', 'close');
    receive(request, response).catch((error: unknown) => broken(request, response, error));
  };

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (PROBES.has(request.url ?? '')) return answer(request, response, '', {});
    const served = newServed();
    const begin = performance.now();
    response.once('close', () =>
      onEnd(served, {
        status: response.statusCode,
        milliseconds: performance.now() - begin,
        left: !response.writableFinished,
      }),
    );
    const refuseWith = (refusal: Refusal) => {
      served.outcomes.add(refusal.code);
      refuse(request, response, refusal);
    };
    if (!request.url?.startsWith('/')) return refuseWith(NO_PATH);
    if (admission.isFull) return refuseWith(OVERLOADED);
    const body = await bodyOf(request, response);
    if (body === null) return;
    if ('refused' in body) return refuseWith(REFUSALS[body.refused]);
    admission.enter(
      response,
      (slot) =>
        void answer(request, response, body.text, { served, slot }).catch((error: unknown) =>
          broken(request, response, error),
        ),
      () => refuseWith(OVERLOADED),
    );
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    body: string,
    context: Partial<EdgeContext>,
  ): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const leaving = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) leaving.abort();
    });
    const asked = new yoga.fetchAPI.Request(`http://gateway${url}`, {
      method,
      headers: headers as Record<string, string>,
      signal: leaving.signal,
      ...(method !== 'GET' && method !== 'HEAD' && { body }),
    });
    if (context.served) context.served.requestId = requestIdOf(asked);
    const answered = await yoga.handleRequest(asked, context);
    if (isLeaving()) answered.headers.set('connection', 'close');
    const sent = sendNodeResponse(answered, response, request, true);
    cutWhenUnread(response);
    await sent;
  }

  // The time-out begins anew with every byte that is taken, and without any that waits it means nothing.
  function cutWhenUnread(response: ServerResponse): void {
    if (response.writableEnded && response.writableLength === 0) return;
    response.setTimeout(maxStall, () => {
      if (response.writableLength > 0) response.destroy();
    });
  }

  // Nothing of the error goes out: Yoga's own adapter would answer with its stack.
  function broken(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (response.destroyed || response.writableEnded) return;
    log.error({ requestId: null, bug: bugOf(error) }, 'A request failed by a bug');
    if (response.headersSent) response.destroy();
    else refuse(request, response, { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Unexpected error.' });
  }
}
