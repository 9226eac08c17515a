/**
 * Draws docs/images/cost-of-a-request.svg from the numbers of `node compare.ts --peers --out FILE`.
 * `node charts.ts FILE`
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, View } from 'vega';
import { compile } from 'vega-lite';
import { WORKLOADS } from './workloads.ts';

const [file = ''] = process.argv.slice(2);
const results = JSON.parse(readFileSync(file, 'utf8')) as Record<string, { cpu: number[] }>;
const values = Object.entries(results).map(([key, { cpu }]) => {
  const at = key.lastIndexOf(' ');
  const workload = key.slice(at + 1);
  return {
    server: key.slice(0, at),
    workload: `${workload}: ${WORKLOADS[workload]?.title}`,
    cpu: Math.round(Math.min(...cpu)),
  };
});

const { spec } = compile({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  data: { values },
  facet: { row: { field: 'workload', title: null } },
  spec: {
    width: 480,
    height: { step: 18 },
    mark: 'bar',
    encoding: {
      y: { field: 'server', sort: 'x', title: null },
      x: { field: 'cpu', type: 'quantitative', title: 'microseconds of processor time per request' },
      color: { condition: { test: "indexof(datum.server, 'gateway') === 0", value: '#c7000b' }, value: '#8c8c8c' },
    },
  },
  resolve: { scale: { x: 'independent', y: 'independent' } },
});
const svg = await new View(parse(spec), { renderer: 'none' }).toSVG();
const folder = new URL('../docs/images/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('cost-of-a-request.svg', folder), svg);
