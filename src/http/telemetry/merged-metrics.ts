import type { RequestListener } from 'node:http';
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client';
import { metricsListener } from './metrics.ts';

/** The metrics of one process at one time. */
export type MetricsSnapshot = MetricObjectWithValues<MetricValue<string>>[];

/** The metrics of several processes as one. Counters include processes that have ended, so that they never decrease. */
export class MergedMetrics {
  readonly #latest = new Map<number, MetricsSnapshot>();
  #ended: Promise<MetricsSnapshot> = Promise.resolve([]);
  readonly listener: RequestListener;

  /** `refresh` resolves when all processes that respond have reported their current metrics. */
  constructor(refresh: () => Promise<unknown>) {
    this.listener = metricsListener(async () => {
      await refresh();
      return AggregatorRegistry.aggregate([await this.#ended, ...this.#latest.values()]);
    });
  }

  report(processId: number, snapshot: MetricsSnapshot): void {
    this.#latest.set(processId, snapshot);
  }

  /** Changes after its last report are lost. */
  end(processId: number): void {
    const last = this.#latest.get(processId) ?? [];
    this.#latest.delete(processId);
    const counters = last.filter(({ type }) => String(type) !== 'gauge');
    this.#ended = this.#ended.then((ended) => AggregatorRegistry.aggregate([ended, counters]).getMetricsAsJSON());
  }
}
