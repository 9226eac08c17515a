import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { sendNodeResponse } from '@whatwg-node/server';
import type { YogaServerInstance } from 'graphql-yoga';
import { bugReport, type Log } from '../logging/log.ts';
import { requestIdOf } from '../request/request-id.ts';
import type { CallerIdentity } from '../sms/fairness/caller-identity.ts';
import type { FastPath } from './fast-path.ts';
import type { HttpContext } from './http-context.ts';
import type { Admission, Ticket } from './load/admission.ts';
import { oneAtATime } from './load/pipelining.ts';
import { type BodyLimits, bodyReader } from './load/request-body.ts';
import { type SlowReaderLimits, SlowReaders } from './load/slow-readers.ts';
import { REJECTIONS, rejectionSender } from './protocol/rejections.ts';
import { hasTwoHosts, isEncoded, toOriginForm } from './protocol/request-head.ts';
import { newRequestRecord, type RequestEnd, type RequestRecord, type RequestTrace } from './telemetry/access-log.ts';

export interface ListenerOptions extends BodyLimits, SlowReaderLimits {
  /** The path of GraphQL. */
  endpoint: string;
  admission: Admission;
  /** Serves usual requests in place of Yoga. Null: none. */
  fastPath: FastPath | null;
  identify(request: IncomingMessage): CallerIdentity;
  corsOrigins: readonly string[];
  log: Log;
  /** Begins the trace of a request. Null: there are no traces. */
  tracing: { begin(request: IncomingMessage): RequestTrace } | null;
  /** Whether the data is made up, as every response then says. */
  isEmulated: boolean;
  /** Whether the process is about to stop, so that connections are not kept. */
  isStopping(): boolean;
  onEnd(record: RequestRecord, end: RequestEnd): void;
}

type Yoga = YogaServerInstance<Partial<HttpContext>, object>;

/** Served whatever the load is. */
const PROBES = new Set(['/health', '/ready']);

/**
 * The way of a request from the network to GraphQL and back: its body is read, it waits for a permit, and its response is
 * sent. Only a complete request takes a permit, so slow clients hold none.
 */
export function createListener(yoga: Yoga, options: ListenerOptions): RequestListener {
  const { endpoint, admission, fastPath, identify, corsOrigins, log, tracing, isEmulated, isStopping, onEnd } = options;
  const readBody = bodyReader(options);
  const sendRejection = rejectionSender(corsOrigins);
  const slowReaders = new SlowReaders(options);

  return oneAtATime((request, response) => {
    toOriginForm(request);
    if (isEmulated) response.setHeader('x-sms-emulator', 'true');
    if (isStopping()) response.setHeader('connection', 'close');
    if (PROBES.has(request.url ?? '') && !hasTwoHosts(request))
      respond(request, response, '', {}, new AbortController().signal);
    else receive(request, response);
  });

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const record = newRequestRecord(tracing?.begin(request) ?? null);
    const caller = identify(request);
    const disconnect = new AbortController();
    const reject = (reason: keyof typeof REJECTIONS) => {
      record.outcomes.add(REJECTIONS[reason].code);
      sendRejection(request, response, REJECTIONS[reason]);
    };
    const problem = headProblem(request);
    const reading = problem !== null || admission.wouldReject(caller) ? null : readBody(request);
    let ticket: Ticket | undefined;
    response.once('close', () => {
      const hasLeft = !response.writableFinished;
      if (hasLeft) disconnect.abort();
      if (hasLeft && !ticket?.isStream && record.outcomes.size === 0) record.outcomes.add('CLIENT_LEFT');
      reading?.release();
      ticket?.release();
      onEnd(record, {
        method: request.method,
        status: response.statusCode,
        milliseconds: performance.now() - startedAt,
        hasLeft,
      });
    });
    if (reading === null) return reject(problem ?? 'OVERLOADED');
    const body = await reading.body;
    if ('rejected' in body) return reject(body.rejected);
    if (response.destroyed) return;
    const queued = {
      bytes: reading.bytes,
      start: (admitted: Ticket) => {
        const serveAdmitted = () =>
          serve(request, response, body.text, { caller, record, ticket: admitted }, disconnect.signal);
        if (record.trace === null) serveAdmitted();
        else record.trace.run(serveAdmitted);
      },
      reject: () => reject('OVERLOADED'),
    };
    ticket = admission.submit(queued, caller);
  }

  function headProblem(request: IncomingMessage): keyof typeof REJECTIONS | null {
    const { url = '' } = request;
    if (hasTwoHosts(request)) return 'TWO_HOSTS';
    if (!url.startsWith('/')) return 'BAD_PATH';
    // Yoga accepts many spellings of the path, which rules that compare paths would miss.
    if (url !== endpoint && !url.startsWith(`${endpoint}?`)) return 'NOT_FOUND';
    return isEncoded(request) ? 'BODY_ENCODED' : null;
  }

  async function serve(
    request: IncomingMessage,
    response: ServerResponse,
    body: string,
    context: HttpContext,
    signal: AbortSignal,
  ): Promise<void> {
    const prepared = fastPath?.prepare(request, body, signal);
    try {
      if (!fastPath || !prepared || !(await fastPath.serve(prepared, response, context)))
        return respond(request, response, body, context, signal);
      slowReaders.watch(response);
      context.ticket.release();
    } catch (error) {
      fail(request, response, error);
    }
  }

  async function respond(
    request: IncomingMessage,
    response: ServerResponse,
    body: string,
    context: Partial<HttpContext>,
    signal: AbortSignal,
  ): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    try {
      const yogaRequest = new yoga.fetchAPI.Request(`http://gateway${url}`, {
        method,
        headers: headers as Record<string, string>,
        signal,
        ...(method !== 'GET' && method !== 'HEAD' && { body }),
      });
      if (context.record) context.record.requestId = requestIdOf(yogaRequest);
      const yogaResponse = await yoga.handleRequest(yogaRequest, context);
      fastPath?.learn(request, yogaResponse.status, yogaResponse.headers.get('content-type'));
      if (isStopping()) yogaResponse.headers.set('connection', 'close');
      const sent = sendNodeResponse(yogaResponse, response, request, true);
      if (context.ticket?.isStream) slowReaders.watchStream(response);
      else {
        slowReaders.watch(response);
        context.ticket?.release();
      }
      await sent;
    } catch (error) {
      fail(request, response, error);
    }
  }

  // Shows nothing of the error. Yoga's own adapter would send its stack.
  function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (response.destroyed || response.writableEnded) return;
    log.error({ bug: bugReport(error) }, 'A request failed because of a bug');
    if (response.headersSent) response.destroy();
    else sendRejection(request, response, REJECTIONS.INTERNAL_ERROR);
  }
}
