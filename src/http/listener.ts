import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { sendNodeResponse } from '@whatwg-node/server';
import type { YogaServerInstance } from 'graphql-yoga';
import type { CallerIdentity } from '../fairness/caller-identity.ts';
import { bugReport, type Log } from '../logging/log.ts';
import { type RequestHead, safeRequestId } from '../request/request-id.ts';
import type { FastPath } from './fast-path.ts';
import type { HttpContext } from './http-context.ts';
import type { Admission, QueuedRequest, Ticket } from './load/admission.ts';
import { Disconnect } from './load/disconnect.ts';
import { oneAtATime } from './load/pipelining.ts';
import { type Body, type BodyLimits, type BodyRead, bodyReader } from './load/request-body.ts';
import { type SlowReaderLimits, SlowReaders } from './load/slow-readers.ts';
import { isConsoleTarget } from './protocol/console.ts';
import { REJECTIONS, type Rejection, rejectionSender } from './protocol/rejections.ts';
import { hasTwoHosts, isEncoded, MessageHeaders, toOriginForm } from './protocol/request-head.ts';
import { newRequestRecord, type RequestEnd, type RequestRecord, type RequestTrace } from './telemetry/access-log.ts';

export interface ListenerOptions extends BodyLimits, SlowReaderLimits {
  /** The path of GraphQL. */
  endpoint: string;
  /** Whether the files of the console are served. */
  servesConsole: boolean;
  admission: Admission;
  /** Serves the common case without Yoga. Null if that is switched off. */
  fastPath: FastPath | null;
  identify(request: IncomingMessage): CallerIdentity;
  corsOrigins: readonly string[];
  log: Log;
  /** Begins the trace of a request. Null if no SDK records traces. */
  tracing: { begin(request: IncomingMessage): RequestTrace } | null;
  /** Whether the data is made up, as every response then says. */
  isEmulated: boolean;
  /** Whether the process is about to stop, so that connections are not kept. */
  isStopping(): boolean;
  onEnd(record: RequestRecord, end: RequestEnd): void;
}

type Yoga = YogaServerInstance<Partial<HttpContext>, object>;

/** Served under any load. */
const PROBES = new Set(['/health', '/ready']);

/** What all requests share. */
interface Shared extends ListenerOptions {
  yoga: Yoga;
  readBody: ReturnType<typeof bodyReader>;
  sendRejection: ReturnType<typeof rejectionSender>;
  slowReaders: SlowReaders;
}

export function createListener(yoga: Yoga, options: ListenerOptions): RequestListener {
  const { corsOrigins, tracing, isEmulated, isStopping } = options;
  const shared: Shared = {
    ...options,
    yoga,
    readBody: bodyReader(options),
    sendRejection: rejectionSender(corsOrigins),
    slowReaders: new SlowReaders(options),
  };
  return oneAtATime((message, response) => {
    toOriginForm(message);
    if (isEmulated) response.setHeader('x-sms-emulator', 'true');
    if (isStopping()) response.setHeader('connection', 'close');
    const isProbe = PROBES.has(message.url ?? '') && !hasTwoHosts(message);
    const trace = isProbe ? null : (tracing?.begin(message) ?? null);
    const request = new ReceivedRequest(message, response, trace, shared);
    if (isProbe) request.respond({});
    else request.receive();
  });
}

/**
 * A request on its way from the socket to GraphQL and back: its body is read, it waits for a permit, and its response is sent.
 * Only a complete request acquires a permit, so slow clients hold none.
 */
class ReceivedRequest implements RequestHead, QueuedRequest {
  readonly headers: MessageHeaders;
  readonly requestId: string;
  readonly signal = new Disconnect();
  readonly #message: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #shared: Shared;
  readonly #startedAt = performance.now();
  readonly #record: RequestRecord;
  #body: BodyRead | null = null;
  #text = '';
  #ticket: Ticket | null = null;

  constructor(message: IncomingMessage, response: ServerResponse, trace: RequestTrace | null, shared: Shared) {
    this.headers = new MessageHeaders(message.headers);
    this.requestId = safeRequestId(message.headers['x-request-id']) ?? randomUUID();
    this.#record = newRequestRecord(trace);
    this.#message = message;
    this.#response = response;
    this.#shared = shared;
  }

  get bytes(): number {
    return this.#body?.bytes ?? 0;
  }

  receive(): void {
    const { admission, identify, readBody } = this.#shared;
    const caller = identify(this.#message);
    const problem = this.#headProblem();
    this.#response.once('close', () => this.#end());
    if (problem !== null || admission.wouldReject(caller)) this.reject(problem ?? 'OVERLOADED');
    else this.#body = readBody(this.#message, (body) => this.#submit(body, caller));
  }

  start(ticket: Ticket): void {
    const { trace } = this.#record;
    if (trace === null) this.#serve(ticket);
    else trace.run(() => this.#serve(ticket));
  }

  async #serve(ticket: Ticket): Promise<void> {
    const { fastPath, slowReaders } = this.#shared;
    const context = { caller: ticket.caller, record: this.#record, ticket };
    this.#record.requestId = this.requestId;
    try {
      const prepared = fastPath?.prepare(this.#message, this.#text, this);
      // Only Yoga needs the text, which would outlive a garbage collection during the calls to SMS.
      const releaseText = () => {
        this.#text = '';
      };
      if (!fastPath || !prepared || !(await fastPath.serve(prepared, this.#response, context, releaseText)))
        return this.respond(context);
      slowReaders.watch(this.#response);
      ticket.release();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Lets Yoga respond. */
  async respond(context: Partial<HttpContext>): Promise<void> {
    const { yoga, fastPath, slowReaders, isStopping } = this.#shared;
    const { method = 'GET', url = '/', headers } = this.#message;
    const response = this.#response;
    try {
      const yogaRequest = new yoga.fetchAPI.Request(`http://gateway${url}`, {
        method,
        headers: { ...(headers as Record<string, string>), 'x-request-id': this.requestId },
        signal: this.signal.asAbortSignal(),
        ...(method !== 'GET' && method !== 'HEAD' && { body: this.#text }),
      });
      const yogaResponse = await yoga.handleRequest(yogaRequest, context);
      fastPath?.cacheContentType(this.#message, yogaResponse.status, yogaResponse.headers.get('content-type'));
      if (isStopping()) yogaResponse.headers.set('connection', 'close');
      const sent = sendNodeResponse(yogaResponse, response, this.#message, true);
      if (this.#ticket?.isStream) slowReaders.watchStream(response);
      else {
        slowReaders.watch(response);
        this.#ticket?.release();
      }
      await sent;
    } catch (error) {
      this.#fail(error);
    }
  }

  #headProblem(): keyof typeof REJECTIONS | null {
    const { endpoint, servesConsole } = this.#shared;
    const { url = '' } = this.#message;
    if (hasTwoHosts(this.#message)) return 'TWO_HOSTS';
    if (!url.startsWith('/')) return 'BAD_PATH';
    // Yoga accepts many spellings of the path, which rules that compare paths would miss.
    const isServed = url === endpoint || url.startsWith(`${endpoint}?`) || (servesConsole && isConsoleTarget(url));
    if (!isServed) return 'NOT_FOUND';
    return isEncoded(this.#message) ? 'BODY_ENCODED' : null;
  }

  #submit(body: Body, caller: CallerIdentity): void {
    if ('rejected' in body) this.reject(body.rejected);
    else if (!this.#response.destroyed) {
      this.#text = body.text;
      this.#ticket = this.#shared.admission.submit(this, caller);
    }
  }

  reject(reason: keyof typeof REJECTIONS = 'OVERLOADED'): void {
    this.#record.outcomes.add(REJECTIONS[reason].code);
    this.#sendRejection(REJECTIONS[reason]);
  }

  #sendRejection(rejection: Rejection): void {
    this.#shared.sendRejection(this, this.#response, rejection);
  }

  /** Shows nothing of the error. Yoga's own adapter would send its stack. */
  #fail(error: unknown): void {
    const response = this.#response;
    if (response.destroyed || response.writableEnded) return;
    this.#shared.log.error({ bug: bugReport(error) }, 'A request failed because of a bug');
    if (response.headersSent) response.destroy();
    else this.#sendRejection(REJECTIONS.INTERNAL_ERROR);
  }

  /** Called once, when the response has ended or the client has left. */
  #end(): void {
    const record = this.#record;
    const { statusCode: status, writableFinished } = this.#response;
    const hasLeft = !writableFinished;
    if (hasLeft && !this.#ticket?.isStream) {
      if (record.budget !== null) record.budget.isAbandoned = true;
      if (record.outcomes.size === 0) record.outcomes.add('CLIENT_LEFT');
    }
    if (hasLeft) this.signal.abort();
    this.#body?.release();
    this.#ticket?.release();
    this.#text = '';
    const milliseconds = performance.now() - this.#startedAt;
    this.#shared.onEnd(record, { method: this.#message.method, status, milliseconds, hasLeft });
  }
}
