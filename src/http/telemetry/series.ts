/** Counters and histograms that are recorded for every request, so that they cost little. */
import { Counter, Histogram, type Registry } from 'prom-client';

export interface SeriesOptions<Label extends string> {
  name: string;
  help: string;
  labelNames: readonly Label[];
  registers: Registry[];
}

/** Counts in a map and passes the counts on when metrics are requested, because the library hashes the labels for each count. */
export function countIn<Label extends string>(options: SeriesOptions<Label>): (...labels: string[]) => void {
  const counts = new Map<string, number>();
  new Counter<string>({
    ...options,
    collect() {
      this.reset();
      for (const [key, count] of counts) this.inc(labelsOf(options.labelNames, key), count);
    },
  });
  return (...labels) => {
    const key = labels.join('\n');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
}

/** From 5 ms, which is fast for SMS, to the longest that a request may take by default. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/**
 * Observes milliseconds as seconds. Label objects are created only once. `initial` are the labels of series that begin with zero:
 * Prometheus does not count the first observation of a series that did not exist before.
 */
export function durationsIn<Label extends string>(
  options: SeriesOptions<Label>,
  initial: readonly (readonly string[])[] = [],
): (milliseconds: number, ...labels: string[]) => void {
  const histogram = new Histogram<string>({ ...options, buckets: BUCKETS_SECONDS });
  const cache = new Map<string, Record<string, string>>();
  for (const labels of initial) histogram.zero(labelsOf(options.labelNames, labels.join('\n')));
  return (milliseconds, ...labels) => {
    const key = labels.join('\n');
    let object = cache.get(key);
    if (object === undefined) {
      object = labelsOf(options.labelNames, key);
      cache.set(key, object);
    }
    histogram.observe(object, milliseconds / 1000);
  };
}

function labelsOf(names: readonly string[], key: string): Record<string, string> {
  const values = key.split('\n');
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}
