import type { RequestListener } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Aggregator, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SmsUpstream } from '../../sms/client.ts';
import type { Admission } from '../load/admission.ts';
import { toOriginForm } from '../protocol/request-head.ts';
import type { RequestEnd, RequestRecord } from './access-log.ts';

const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Codes of the gateway and of GraphQL. All other outcomes share one series, to bound the number of series. */
const CODE = /^(?:OK|Sms\w{1,30}Error|[A-Z_]{1,40})$/;
const MAX_OUTCOMES = 64;

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
 * Metrics for Prometheus. Labels come from the schema and from our own codes, never from a client. Those of several processes
 * are added up, unless a gauge says otherwise.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #outcomes = new Set<string>();
  readonly #requests = this.#counter('requests_total', 'Requests, by operation and outcome.', [
    'type',
    'field',
    'outcome',
  ]);
  readonly #requestSeconds = new Histogram({
    ...this.#named('request_seconds', 'From the head of a request to the end of its response.'),
    buckets: BUCKETS_SECONDS,
  });
  readonly #smsCalls = this.#counter('sms_calls_total', 'Attempts of calls to SMS, by the status of the response.', [
    'status',
  ]);
  readonly #smsSeconds = new Histogram({
    ...this.#named('sms_call_seconds', 'From the start of an attempt to the end of its response.'),
    buckets: BUCKETS_SECONDS,
  });

  /** Adds gauges, which are read when metrics are requested. */
  observe(admission: Admission, sms: SmsUpstream): void {
    const loop = monitorEventLoopDelay({ resolution: 20 });
    loop.enable();
    this.#gauge('requests_in_flight', 'Requests that are running.', () => admission.inFlight);
    this.#gauge('requests_waiting', 'Requests that wait for a permit.', () => admission.waiting);
    this.#gauge('streams', 'Open event streams.', () => admission.streams);
    this.#gauge(
      'sms_key_resting',
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
    this.#gauge(
      'store_connected',
      '1 while state is shared with other processes, 0 while it is not.',
      () => Number(sms.status().store === 'connected'),
      'min',
    );
    this.#gauge('resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
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

  recordRequest({ operation, outcomes }: RequestRecord, { milliseconds }: RequestEnd): void {
    const [outcome = 'OK'] = outcomes;
    this.#requests(operation?.type ?? 'none', operation?.fields[0] ?? 'none', this.#bounded(outcome));
    this.#requestSeconds.observe(milliseconds / 1000);
  }

  recordSmsCall(status: number | null, milliseconds: number): void {
    this.#smsCalls(status === null ? 'none' : `${Math.floor(status / 100)}xx`);
    this.#smsSeconds.observe(milliseconds / 1000);
  }

  readonly listener = metricsListener(() => this.#registry);

  /** The current values, to be merged with those of other processes. */
  snapshot() {
    return this.#registry.getMetricsAsJSON();
  }

  #named(name: string, help: string) {
    return { name: `sms_gateway_${name}`, help, registers: [this.#registry] };
  }

  // Counted in a map and passed on when metrics are requested, because the library hashes the labels for each count.
  #counter(name: string, help: string, labelNames: string[]): (...labels: string[]) => void {
    const counts = new Map<string, number>();
    new Counter({
      ...this.#named(name, help),
      labelNames,
      collect() {
        this.reset();
        for (const [key, count] of counts) {
          const labels = key.split(' ');
          this.inc(Object.fromEntries(labelNames.map((label, index) => [label, labels[index] ?? ''])), count);
        }
      },
    });
    return (...labels) => {
      const key = labels.join(' ');
      counts.set(key, (counts.get(key) ?? 0) + 1);
    };
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

  #bounded(outcome: string): string {
    if (!CODE.test(outcome) || (this.#outcomes.size >= MAX_OUTCOMES && !this.#outcomes.has(outcome))) return 'OTHER';
    this.#outcomes.add(outcome);
    return outcome;
  }
}
