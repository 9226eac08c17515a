import { type Context, context, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { Operation, RequestEnd, RequestRecord, RequestTrace } from './access-log.ts';
import { faultOf } from './fault.ts';

export interface ServerSpanOptions {
  /** False if an instrumented server started the span, and ends it. */
  isOwn: boolean;
  showsIdInErrors: boolean;
}

/** The span of a request. */
export class ServerSpan implements RequestTrace {
  readonly #context: Context;
  readonly #span: Span;
  readonly #options: ServerSpanOptions;

  constructor(parent: Context, span: Span, options: ServerSpanOptions) {
    this.#context = parent;
    this.#span = span;
    this.#options = options;
  }

  get id(): string {
    return this.#span.spanContext().traceId;
  }

  get idForErrors(): string | null {
    return this.#options.showsIdInErrors ? this.id : null;
  }

  run<Result>(work: () => Result): Result {
    return context.with(this.#context, work);
  }

  /** Names the span after the first root field, not after the client's operation name, so that there are few names. */
  setOperation({ type, name, fields: [field = ''] }: Operation): void {
    this.#span.updateName(`${type} ${field}`);
    this.#span.setAttribute('graphql.operation.type', type);
    if (name !== null) this.#span.setAttribute('graphql.operation.name', name);
  }

  end(record: RequestRecord, { status }: RequestEnd): void {
    const [outcome] = record.outcomes;
    if (outcome !== undefined) this.#span.setAttribute('error.type', outcome);
    if (!this.#options.isOwn) return;
    const fault = faultOf(record);
    if (fault === 'gateway' || fault === 'upstream') this.#span.setStatus({ code: SpanStatusCode.ERROR });
    this.#span.setAttribute('http.response.status_code', status);
    this.#span.end();
  }
}
