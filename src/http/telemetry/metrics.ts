import type { RequestListener } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { type Aggregator, Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { HeldBytes } from '../../request/budget/held-bytes.ts';
import type { SmsUpstream } from '../../sms/client.ts';
import { operationOf } from '../../sms/http/operation.ts';
import type { Peer } from '../../sms/http/transport.ts';
import type { CallResult, EndedCall, UpstreamObserver } from '../../sms/http/upstream-observer.ts';
import type { Semaphore } from '../../sms/resilience/semaphore.ts';
import type { Admission } from '../load/admission.ts';
import { toOriginForm } from '../protocol/request-head.ts';
import type { RequestEnd, RequestRecord } from './access-log.ts';
import { FAULTS, faultOf } from './fault.ts';
import { countIn, durationsIn } from './series.ts';

/** Codes of the gateway, of GraphQL and of SMS. All other values share one series, to bound the number of series. */
const CODE = /^(?:OK|Sms\w{1,30}Error|[A-Za-z][\w.]{0,39})$/;
const MAX_VALUES = 64;

/** Serves `GET /metrics` in Prometheus's text format. */
export function metricsListener(registry: () => Registry | Promise<Registry>): RequestListener {
  return async (request, response) => {
    toOriginForm(request);
    const { method, url } = request;
    if (method !== 'GET' || url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    const current = await registry();
    const text = await current.metrics();
    response.writeHead(200, { 'content-type': current.contentType }).end(text);
  };
}

/**
 * Metrics for Prometheus. Labels come from the schema, from our own codes and from SMS, never from a client. Those of several
 * processes are added up, unless a gauge says otherwise.
 */
export class Metrics implements UpstreamObserver {
  readonly #registry = new Registry();
  readonly #bounded = { outcome: boundedValues(), error: boundedValues(), status: boundedValues() };
  readonly #requests = countIn({
    ...this.#named('requests_total', 'Requests, by root field and outcome.'),
    labelNames: ['type', 'field', 'outcome'],
  });
  readonly #requestDurations = durationsIn(
    {
      ...this.#named(
        'request_duration_seconds',
        'From the head of a request to the end of its response, by what it is and whose fault it is if it failed.',
      ),
      labelNames: ['kind', 'fault'],
    },
    ['query', 'mutation'].flatMap((kind) => FAULTS.map((fault) => [kind, fault])),
  );
  readonly #sms = this.#callSeries('sms', 'SMS');
  readonly #iam = this.#callSeries('iam', 'IAM');
  /** Endpoints of IAM with an open circuit. */
  readonly #openIam = new Set<string>();

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** Adds gauges, which are read when metrics are requested. */
  observe(admission: Admission, sms: SmsUpstream, held: Pick<HeldBytes, 'bytes'>): void {
    const sum = (count: (semaphore: Semaphore) => number) =>
      sms.endpoints.reduce((total, { semaphore }) => total + count(semaphore), 0);
    sms.observers.push(this);
    const loop = monitorEventLoopDelay({ resolution: 20 });
    loop.enable();
    this.#gauge('requests_in_flight', 'Requests that are running.', () => admission.inFlight);
    this.#gauge('requests_waiting', 'Requests that wait for a permit.', () => admission.waiting);
    this.#gauge('streams', 'Open event streams.', () => admission.streams);
    this.#gauge('held_bytes', 'What all requests hold: data of SMS, and responses.', () => held.bytes);
    this.#gauge('sms_calls_in_flight', 'Calls that hold a connection to SMS.', () => sum(({ inUse }) => inUse));
    this.#gauge('sms_calls_waiting', 'Calls that wait for a connection to SMS.', () => sum(({ waiting }) => waiting));
    this.#gauge(
      'sms_key_suspended',
      '1 while the key is suspended after rejected signatures.',
      () => Number(!sms.status().ready),
      'max',
    );
    this.#gauge(
      'sms_circuits_open',
      'Endpoints of SMS with an open circuit.',
      () => sms.status().circuits.filter(({ open }) => open).length,
      'max',
    );
    this.#gauge('iam_circuits_open', 'Endpoints of IAM with an open circuit.', () => this.#openIam.size, 'max');
    this.#gauge(
      'store_connected',
      '1 while state is shared with other processes, 0 while it is not.',
      () => Number(sms.status().store === 'connected'),
      'min',
    );
    this.#gauge(
      'heap_limit_bytes',
      'Up to which the heap of JavaScript may grow: compare it with nodejs_heap_size_used_bytes.',
      () => getHeapStatistics().heap_size_limit,
    );
    this.#gauge(
      'event_loop_delay_seconds',
      '99th percentile since metrics were last requested.',
      () => {
        const delay = loop.percentile(99) / 1e9;
        loop.reset();
        return delay;
      },
      'max',
    );
  }

  observeLog(log: { readonly dropped: number }): void {
    new Counter({
      ...this.#named('log_lines_dropped_total', 'Log lines that could not be written.'),
      collect() {
        this.reset();
        this.inc(log.dropped);
      },
    });
  }

  recordRequest(record: RequestRecord, { method, milliseconds }: RequestEnd): void {
    const { operation, outcomes } = record;
    const [outcome = 'OK'] = outcomes;
    this.#requests(operation?.type ?? 'none', operation?.fields[0] ?? 'none', this.#bounded.outcome(outcome));
    this.#requestDurations(milliseconds, operation?.type ?? kindWithoutOperation(method, outcomes), faultOf(record));
  }

  callEnded({ name }: Peer, call: EndedCall, { response, error }: CallResult, milliseconds: number): void {
    const series = name === 'IAM' ? this.#iam : this.#sms;
    const operation = operationOf(call);
    series.count(operation, response === null ? 'none' : this.#bounded.status(String(response.status)));
    // A call that could not be sent says nothing about the speed of SMS.
    if (milliseconds > 0) series.duration(milliseconds, operation);
    if (error !== null) series.error(this.#bounded.error(codeOf(error)));
  }

  circuitChanged({ name, origin }: Peer, isOpen: boolean): void {
    if (name !== 'IAM') return;
    if (isOpen) this.#openIam.add(origin);
    else this.#openIam.delete(origin);
  }

  readonly listener = metricsListener(() => this.#registry);

  /** The current values, to be merged with those of other processes. */
  snapshot() {
    return this.#registry.getMetricsAsJSON();
  }

  #callSeries(prefix: string, service: string) {
    return {
      count: countIn({
        ...this.#named(`${prefix}_calls_total`, `Attempts of calls to ${service}, by the status of the response.`),
        labelNames: ['operation', 'status'],
      }),
      error: countIn({
        ...this.#named(`${prefix}_call_errors_total`, `Attempts of calls to ${service} that failed, by error code.`),
        labelNames: ['error'],
      }),
      duration: durationsIn({
        ...this.#named(
          `${prefix}_call_duration_seconds`,
          `From the start of an attempt of a call to ${service} to the end of its response.`,
        ),
        labelNames: ['operation'],
      }),
    };
  }

  #named(name: string, help: string) {
    return { name: `sms_gateway_${name}`, help, registers: [this.#registry] };
  }

  #gauge(name: string, help: string, value: () => number, aggregator: Aggregator = 'sum'): void {
    new Gauge({
      ...this.#named(name, help),
      aggregator,
      collect() {
        this.set(value());
      },
    });
  }
}

/** The kind of a request that executes no operation. */
function kindWithoutOperation(method: string | undefined, { size }: Set<string>): string {
  if (method === 'OPTIONS') return 'preflight';
  return method === 'GET' && size === 0 ? 'graphiql' : 'rejected';
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : 'BUG';
}

/** Bounds the values of a label: the first 64 that look like codes are kept, all others become `OTHER`. */
function boundedValues(): (value: string) => string {
  const values = new Set<string>();
  return (value) => {
    if (values.has(value)) return value;
    if (values.size >= MAX_VALUES || !(CODE.test(value) || /^\d{3}$/.test(value))) return 'OTHER';
    values.add(value);
    return value;
  };
}
