import type { RequestListener } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SmsUpstream } from '../../sms/client.ts';
import type { Admission } from '../load/admission.ts';
import { toOriginForm } from '../protocol/request-head.ts';
import type { RequestEnd, RequestRecord } from './access-log.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Codes of the gateway and of GraphQL; what is none of them is counted as one, so that series stay few. */
const CODE = /^(?:OK|Sms\w{1,30}Error|[A-Z_]{1,40})$/;
const MAX_OUTCOMES = 64;

/** Numbers about the gateway for Prometheus. Labels come from the schema and our own codes, never from a client. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #outcomes = new Set<string>();
  readonly #requests = this.#counter('requests_total', 'Requests, by what they ran and what came of it.', [
    'type',
    'field',
    'outcome',
  ]);
  readonly #requestSeconds = new Histogram({
    ...this.#named('request_seconds', 'From the head of a request to the end of its answer.'),
    buckets: SECONDS,
  });
  readonly #smsCalls = this.#counter('sms_calls_total', 'Attempts of calls to SMS, by the status of the answer.', [
    'status',
  ]);
  readonly #smsSeconds = new Histogram({
    ...this.#named('sms_call_seconds', 'From an attempt to the end of its answer.'),
    buckets: SECONDS,
  });

  /** What can be looked up at any time is looked up when somebody asks. */
  watch(admission: Admission, sms: SmsUpstream): void {
    const loop = monitorEventLoopDelay({ resolution: 20 });
    loop.enable();
    this.#gauge('requests_in_flight', 'Requests that are being answered.', () => admission.inFlight);
    this.#gauge('requests_waiting', 'Requests that wait for a slot.', () => admission.waiting);
    this.#gauge('streams', 'Event streams that are open.', () => admission.streams);
    this.#gauge('sms_key_resting', '1 while the key rests after refused signatures.', () =>
      Number(!sms.status().ready),
    );
    this.#gauge(
      'sms_circuits_open',
      'Addresses of SMS that calls are kept from.',
      () => sms.status().circuits.filter(({ open }) => open).length,
    );
    this.#gauge('store_connected', '1 while state is shared with other processes, 0 while this one works alone.', () =>
      Number(sms.status().store === 'connected'),
    );
    this.#gauge('resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
    this.#gauge('event_loop_delay_seconds', '99th percentile since the last look.', () => {
      const delay = loop.percentile(99) / 1e9;
      loop.reset();
      return delay;
    });
  }

  watchLog(log: { readonly dropped: number }): void {
    new Counter({
      ...this.#named('log_lines_dropped_total', 'Lines of the log that could not be written.'),
      collect() {
        this.reset();
        this.inc(log.dropped);
      },
    });
  }

  request({ operation, outcomes }: RequestRecord, { milliseconds }: RequestEnd): void {
    const [outcome = 'OK'] = outcomes;
    this.#requests(operation?.type ?? 'none', operation?.fields[0] ?? 'none', this.#bounded(outcome));
    this.#requestSeconds.observe(milliseconds / 1000);
  }

  smsCall(status: number | null, milliseconds: number): void {
    this.#smsCalls(status === null ? 'none' : `${Math.floor(status / 100)}xx`);
    this.#smsSeconds.observe(milliseconds / 1000);
  }

  /** Answers `GET /metrics` in Prometheus's text format. */
  readonly listener: RequestListener = async (request, response) => {
    toOriginForm(request);
    const { method, url } = request;
    if (method !== 'GET' || url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    const text = await this.#registry.metrics();
    response.writeHead(200, { 'content-type': this.#registry.contentType }).end(text);
  };

  #named(name: string, help: string) {
    return { name: `sms_gateway_${name}`, help, registers: [this.#registry] };
  }

  // Counted here and handed over when somebody asks: the library looks labels up anew for each count.
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

  #gauge(name: string, help: string, value: () => number): void {
    new Gauge({
      ...this.#named(name, help),
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
