/** Reads Prometheus's own formats: queries, and the text of `/metrics`. */
import { parser } from '@prometheus-io/lezer-promql';

export interface Selector {
  metric: string;
  labels: string[];
}

/** The metrics that a query selects with the labels that it matches, and the labels by which it groups. Throws if it is not valid. */
export function selectorsIn(query: string): { selectors: Selector[]; groupedBy: string[] } {
  const selectors: Selector[] = [];
  const groupedBy: string[] = [];
  let isGrouping = false;
  parser.parse(query).iterate({
    enter({ name, type, from, to }) {
      const text = query.slice(from, to);
      if (type.isError) throw new Error(`Not valid at "${query.slice(from, from + 20)}": ${query}`);
      if (name === 'VectorSelector') selectors.push({ metric: '', labels: [] });
      const selector = selectors.at(-1);
      if (name === 'GroupingLabels') isGrouping = true;
      else if (name === 'LabelName') (isGrouping ? groupedBy : selector?.labels)?.push(text);
      else if (name === 'Identifier' && selector) selector.metric = text;
    },
    leave({ name }) {
      if (name === 'GroupingLabels') isGrouping = false;
    },
  });
  return { selectors, groupedBy };
}

/** The names of the metrics in the text of `/metrics`, with the names of their labels. */
export function metricsIn(text: string): Map<string, Set<string>> {
  const metrics = new Map<string, Set<string>>();
  for (const [, name = '', labels = ''] of text.matchAll(/^([a-z]\w*)(?:\{(.*)\})? \S+$/gm)) {
    const names = [...labels.matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].map(([, label = '']) => label);
    metrics.set(name, new Set([...(metrics.get(name) ?? []), ...names]));
  }
  return metrics;
}
