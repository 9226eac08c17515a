/**
 * Draws the charts of docs/performance.md: the costs of `npm run bench -- --peers --out COSTS`, and the curves of
 * `npm run bench -- --curves --out CURVES`.
 * `node charts.ts COSTS CURVES`
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Point } from './curves.ts';
import { WORKLOADS } from './workloads.ts';

const [costsFile = '', curvesFile = ''] = process.argv.slice(2);
const RED = '#c7000b';
const GREY = '#8c8c8c';
const CPU = 'microseconds of processor time per request';

const costs = JSON.parse(readFileSync(costsFile, 'utf8')) as Record<string, { cpu: number[] }>;
await draw('cost-of-a-request', {
  data: {
    values: Object.entries(costs).map(([key, { cpu }]) => {
      const at = key.lastIndexOf(' ');
      const workload = key.slice(at + 1);
      return {
        server: key.slice(0, at),
        workload: `${workload}: ${WORKLOADS[workload]?.title}`,
        cpu: Math.round(Math.min(...cpu)),
      };
    }),
  },
  facet: { row: { field: 'workload', title: null } },
  spec: {
    width: 480,
    height: { step: 18 },
    mark: 'bar',
    encoding: {
      y: { field: 'server', sort: 'x', title: null },
      x: { field: 'cpu', type: 'quantitative', title: CPU },
      color: { condition: { test: "indexof(datum.server, 'gateway') === 0", value: RED }, value: GREY },
    },
  },
  resolve: { scale: { x: 'independent', y: 'independent' } },
});

const points = JSON.parse(readFileSync(curvesFile, 'utf8')) as Point[];
await draw('curves', {
  data: { values: points.filter(({ curve }) => curve !== 'workers') },
  facet: { column: { field: 'curve', title: null, sort: ['connections', 'tasks', 'rows'] } },
  spec: {
    width: 220,
    height: 180,
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'x', type: 'quantitative', title: null },
      y: { field: 'cpu', type: 'quantitative', title: CPU },
      color: { field: 'server', title: null, scale: { domain: ['gateway', 'L'], range: [RED, GREY] } },
    },
  },
  resolve: { scale: { x: 'independent', y: 'independent' } },
});

async function draw(name: string, chart: TopLevelSpec): Promise<void> {
  const { spec } = compile({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    ...chart,
  });
  const svg = await new View(parse(spec), { renderer: 'none' }).toSVG();
  const folder = new URL('../docs/images/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${name}.svg`, folder), svg);
}
