import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { sendNodeResponse } from '@whatwg-node/server';
import type { YogaServerInstance } from 'graphql-yoga';
import { bugOf, type Log } from '../logging/log.ts';
import { requestIdOf } from '../request/request-id.ts';
import type { CallerIdentity } from '../sms/fairness/caller-identity.ts';
import type { Admission, Ticket } from './load/admission.ts';
import { oneAtATime } from './load/pipelining.ts';
import { type BodyLimits, bodyReader } from './load/request-body.ts';
import { type SlowReaderLimits, SlowReaders } from './load/slow-readers.ts';
import { type Refusal, refuser } from './protocol/error-response.ts';
import { hasTwoHosts, isEncoded, toOriginForm } from './protocol/request-head.ts';
import { newRequestRecord, type RequestEnd, type RequestRecord } from './telemetry/access-log.ts';

/** What a request brings along into GraphQL. */
export interface HttpContext {
  caller: CallerIdentity;
  served: RequestRecord;
  ticket: Ticket;
}

export interface ListenerOptions extends BodyLimits, SlowReaderLimits {
  /** The path of GraphQL. */
  endpoint: string;
  admission: Admission;
  identify(request: IncomingMessage): CallerIdentity;
  corsOrigins: readonly string[];
  log: Log;
  /** Whether every response says that its data is made up. */
  isEmulated: boolean;
  /** Whether the process is about to stop, so that connections should not be kept. */
  isLeaving(): boolean;
  onEnd(served: RequestRecord, ended: RequestEnd): void;
}

type Yoga = YogaServerInstance<Partial<HttpContext>, object>;

/** Answered whatever the load. */
const PROBES = new Set(['/health', '/ready']);

const REFUSALS = {
  OVERLOADED: {
    status: 503,
    code: 'OVERLOADED',
    message: 'The gateway has more work than it can do. Try again later.',
    retryAfter: 1,
  },
  TWO_HOSTS: {
    status: 400,
    code: 'BAD_REQUEST',
    message: 'The request has more than one Host header.',
    headers: { connection: 'close' },
  },
  NO_PATH: { status: 400, code: 'BAD_REQUEST', message: 'The request names no path.' },
  NOT_FOUND: { status: 404, code: 'NOT_FOUND', message: 'There is nothing at this path.' },
  BODY_ENCODED: {
    status: 415,
    code: 'UNSUPPORTED_CONTENT_ENCODING',
    message: 'The gateway reads no compressed bodies. Send the body without Content-Encoding.',
    headers: { 'accept-encoding': 'identity' },
  },
  BODY_TOO_LARGE: { status: 413, code: 'BODY_TOO_LARGE', message: 'The body is longer than allowed.' },
  BODY_NOT_UTF8: { status: 400, code: 'BODY_NOT_UTF8', message: 'The body is not UTF-8.' },
  BROKEN: { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Unexpected error.' },
} satisfies Record<string, Refusal>;

/**
 * What stands between the network and GraphQL: reads a body that is not too long, waits for a slot, hands the request
 * over, and sends the answer. A slot is taken only by a request that is here in full, so that slow clients hold none.
 */
export function createListener(yoga: Yoga, options: ListenerOptions): RequestListener {
  const { endpoint, admission, identify, corsOrigins, log, isEmulated, isLeaving, onEnd } = options;
  const read = bodyReader(options);
  const refuse = refuser(corsOrigins);
  const slowReaders = new SlowReaders(options);

  return oneAtATime((request, response) => {
    toOriginForm(request);
    if (isEmulated) response.setHeader('x-sms-emulator', 'true');
    if (isLeaving()) response.setHeader('connection', 'close');
    if (PROBES.has(request.url ?? '') && !hasTwoHosts(request))
      answer(request, response, '', {}, new AbortController().signal);
    else receive(request, response);
  });

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const begin = performance.now();
    const served = newRequestRecord();
    const caller = identify(request);
    const leaving = new AbortController();
    const refuseAs = (why: keyof typeof REFUSALS) => {
      served.outcomes.add(REFUSALS[why].code);
      refuse(request, response, REFUSALS[why]);
    };
    const problem = headProblem(request);
    const reading = problem !== null || admission.wouldReject(caller) ? null : read(request);
    let ticket: Ticket | undefined;
    response.once('close', () => {
      const left = !response.writableFinished;
      if (left) leaving.abort();
      if (left && !ticket?.isStream && served.outcomes.size === 0) served.outcomes.add('CLIENT_LEFT');
      reading?.release();
      ticket?.release();
      onEnd(served, { status: response.statusCode, milliseconds: performance.now() - begin, left });
    });
    if (problem !== null) return refuseAs(problem);
    if (reading === null) return refuseAs('OVERLOADED');
    const body = await reading.body;
    if ('rejected' in body) return refuseAs(body.rejected);
    if (response.destroyed) return;
    const turn = {
      bytes: reading.bytes,
      start: (admitted: Ticket) =>
        answer(request, response, body.text, { caller, served, ticket: admitted }, leaving.signal),
      reject: () => refuseAs('OVERLOADED'),
    };
    ticket = admission.submit(turn, caller);
  }

  function headProblem(request: IncomingMessage): keyof typeof REFUSALS | null {
    const { url = '' } = request;
    if (hasTwoHosts(request)) return 'TWO_HOSTS';
    if (!url.startsWith('/')) return 'NO_PATH';
    // Yoga knows many spellings of one path, and not every rule would know them all.
    if (url !== endpoint && !url.startsWith(`${endpoint}?`)) return 'NOT_FOUND';
    return isEncoded(request) ? 'BODY_ENCODED' : null;
  }

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    body: string,
    context: Partial<HttpContext>,
    signal: AbortSignal,
  ): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    try {
      const asked = new yoga.fetchAPI.Request(`http://gateway${url}`, {
        method,
        headers: headers as Record<string, string>,
        signal,
        ...(method !== 'GET' && method !== 'HEAD' && { body }),
      });
      if (context.served) context.served.requestId = requestIdOf(asked);
      const answered = await yoga.handleRequest(asked, context);
      if (isLeaving()) answered.headers.set('connection', 'close');
      const sent = sendNodeResponse(answered, response, request, true);
      if (context.ticket?.isStream) slowReaders.watchStream(response);
      else {
        slowReaders.watch(response);
        context.ticket?.release();
      }
      await sent;
    } catch (error) {
      broken(request, response, error);
    }
  }

  // Nothing of the error goes out: Yoga's own adapter would answer with its stack.
  function broken(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (response.destroyed || response.writableEnded) return;
    log.error({ bug: bugOf(error) }, 'A request failed by a bug');
    if (response.headersSent) response.destroy();
    else refuse(request, response, REFUSALS.BROKEN);
  }
}
