/** Spans for OpenTelemetry. Loaded only if an SDK records them. */
import type { IncomingMessage } from 'node:http';
import {
  context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FieldWrapper } from '../../graphql/wrappers/field-wrapper.ts';
import { operationOf } from '../../sms/http/operation.ts';
import type { ExchangeTracer, TracedRequest, TracedResponse } from '../../sms/http/transport.ts';
import type { RequestTrace } from './access-log.ts';
import { ServerSpan } from './server-span.ts';

/** Of the SDK. Without it, instrumentations of undici and graphql would make a second span of each call, and some for the schema. */
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');
const MAX_FLUSH_MS = 2_000;
/** Codes of SMS, the API gateway and IAM: `SMS.0515`, `APIGW.0301`. */
const VENDOR_CODE = /^[A-Z]{2,6}\.\d{3,8}$/;

export interface TracingOptions {
  /** Whether errors show the id of their trace. */
  showsIdInErrors: boolean;
  /** The path of GraphQL. No other path is recorded, since it may contain anything. */
  endpoint: string;
}

/** No span contains a variable, a document, a header or a message. */
export class Tracing implements ExchangeTracer {
  readonly #tracer = trace.getTracer('sms-graphql-gateway');
  readonly #options: TracingOptions;
  /** Server spans that this class started. */
  readonly #own = new WeakSet<Span>();

  constructor(options: TracingOptions) {
    this.#options = options;
  }

  /** False if no SDK records spans, or if its API is older than this one. */
  get isRecorded(): boolean {
    return trace.isSpanContextValid(this.#tracer.startSpan('probe').spanContext());
  }

  /** Runs something without spans of any instrumentation. */
  suppress<Result>(work: () => Result): Result {
    return context.with(context.active().setValue(SUPPRESS_TRACING, true), work);
  }

  /** Uses the span of an instrumented server if there is one. */
  begin({ method = '', url = '', headers }: IncomingMessage): RequestTrace {
    const { showsIdInErrors, endpoint } = this.#options;
    const active = context.active();
    const outer = trace.getSpan(active);
    // A pipelined request starts in the context of the previous one, whose span is not its parent.
    if (outer !== undefined && !this.#own.has(outer))
      return new ServerSpan(active, outer, { isOwn: false, showsIdInErrors });
    const parent = propagation.extract(ROOT_CONTEXT, headers);
    const [path] = url.split('?', 1);
    const attributes = {
      'http.request.method': method,
      'url.scheme': 'http',
      ...(path === endpoint && { 'url.path': endpoint, 'http.route': endpoint }),
    };
    const span = this.#tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, parent);
    this.#own.add(span);
    return new ServerSpan(trace.setSpan(parent, span), span, { isOwn: true, showsIdInErrors });
  }

  /** A span for each root field. */
  readonly wrapField: FieldWrapper = (resolve, field, type) => {
    const name = `${type.name}.${field.name}`;
    const attributes = { 'graphql.field.name': field.name, 'graphql.field.parent_type': type.name };
    return (source, args, fieldContext, info) => {
      const span = this.#tracer.startSpan(name, { attributes });
      return context.with(trace.setSpan(context.active(), span), () =>
        endWith(span, () => resolve(source, args, fieldContext, info)),
      );
    };
  };

  /** A client span for each attempt of a call. Its context is sent to the server in headers. */
  trace(
    { origin }: { origin: string },
    { method, path, headers }: TracedRequest,
    response: Promise<TracedResponse>,
    send: () => void,
  ): void {
    const [pathname = ''] = path.split('?', 1);
    const { hostname, port, protocol } = new URL(origin);
    const operation = operationOf({ method, path: pathname });
    const span = this.#tracer.startSpan(operation, {
      kind: SpanKind.CLIENT,
      attributes: {
        'http.request.method': method,
        'url.template': operation.slice(method.length + 1),
        'server.address': hostname,
        'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
      },
    });
    const inSpan = trace.setSpan(context.active(), span);
    propagation.inject(inSpan, headers);
    response.then(
      ({ status, error }) => {
        span.setAttribute('http.response.status_code', status);
        // Anything else may be an echo of what was sent.
        if (status >= 400) fail(span, VENDOR_CODE.test(error.code) ? error.code : String(status));
        span.end();
      },
      (error: unknown) => {
        fail(span, codeOf(error));
        span.end();
      },
    );
    context.with(inSpan.setValue(SUPPRESS_TRACING, true), send);
  }

  /** The id of the trace that the running code belongs to. */
  get activeId(): string | null {
    return trace.getActiveSpan()?.spanContext().traceId ?? null;
  }

  /** Sends the spans that the SDK has collected. Call it before the process ends. */
  async flush(): Promise<void> {
    const provider = trace.getTracerProvider() as FlushableProvider;
    const flushed = (provider.getDelegate?.() ?? provider).forceFlush?.();
    const timer = Promise.withResolvers<void>();
    const timeout = setTimeout(timer.resolve, MAX_FLUSH_MS);
    await Promise.race([flushed?.catch(() => {}), timer.promise]);
    clearTimeout(timeout);
  }
}

/** Methods that providers of the SDK have in addition to the API. */
interface FlushableProvider {
  getDelegate?(): FlushableProvider;
  forceFlush?(): Promise<void>;
}

function endWith<Result>(span: Span, run: () => Result): Result {
  try {
    const result = run();
    if (!(result instanceof Promise)) end(span, result);
    else
      result.then(
        (value) => end(span, value),
        (error) => endFailed(span, error),
      );
    return result;
  } catch (error) {
    endFailed(span, error);
    throw error;
  }
}

/** Ends a span. Its result may be an error, since mutations return errors as data. */
function end(span: Span, result: unknown): void {
  if (
    typeof result === 'object' &&
    result !== null &&
    '__typename' in result &&
    String(result.__typename).startsWith('Sms')
  )
    fail(span, codeOf(result));
  span.end();
}

function endFailed(span: Span, error: unknown): void {
  fail(span, codeOf(error));
  span.end();
}

function fail(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttribute('error.type', type);
}

/** A code, or the name of the class. Never a message. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'ERROR';
  const { code, name } = error as { code?: unknown; name?: unknown };
  const type = typeof code === 'string' ? code : name;
  return typeof type === 'string' && /^[\w.]{1,64}$/.test(type) ? type : 'ERROR';
}
