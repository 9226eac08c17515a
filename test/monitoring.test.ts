/** The dashboard and the alert rules, against the metrics that a running gateway exports. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { DEMO_ACCESS_KEY } from '../src/emulator/world/demo-credentials.ts';
import { post } from './support/gateway.ts';
import { isInstalled } from './support/installed.ts';
import { startGatewayProcess } from './support/process.ts';
import { metricsIn, selectorsIn } from './support/promql.ts';
import { startTestEmulator } from './support/sms-client.ts';

interface Rule {
  alert: string;
  expr: string;
}
interface Panel {
  title: string;
  targets?: { expr: string; legendFormat: string }[];
}

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const { groups } = parse(read('deploy/prometheus/alerts.yaml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(read('deploy/grafana/dashboard.json')) as { panels: Panel[] };
/** With a value for Grafana's variable, which is not PromQL. */
const targets = panels.flatMap(({ title, targets: all = [] }) =>
  all.map(({ expr, legendFormat }) => ({ title, expr: expr.replaceAll('$__rate_interval', '5m'), legendFormat })),
);

/** Prometheus adds these labels and this metric itself. */
const OWN_LABELS = ['job', 'instance'];
const OWN_METRIC = 'up';

/** What a gateway exports that has seen a success and a failure of SMS and of IAM. */
async function exportedText(): Promise<string> {
  const emulator = await startTestEmulator();
  const gateway = await startGatewayProcess({
    SMS_ENDPOINT: emulator.url,
    HUAWEICLOUD_SDK_IAM_ENDPOINT: emulator.url,
    HUAWEICLOUD_SDK_AK: DEMO_ACCESS_KEY.ak,
    HUAWEICLOUD_SDK_SK: DEMO_ACCESS_KEY.sk,
    SMS_RETRIES: '0',
    METRICS_PORT: '0',
  });
  const ask = async () => (await post(gateway, { query: '{ overview { waiting } }' })).text();
  emulator.fault({ kind: 'status', status: 503, path: '/v3/auth/tokens', body: {} });
  await ask();
  expect(await ask()).toContain('"data":{"overview":{');
  emulator.fault({ kind: 'status', status: 503, path: '/v3/sources', body: {} });
  await ask();
  const [, url = ''] = /^Metrics: +(\S+)$/m.exec(gateway.output.stdout) ?? [];
  expect(emulator.requests.map(({ path }) => path)).toContain('/v3/auth/tokens');
  return (await fetch(url)).text();
}

let exported: Promise<string> | undefined;
/** The same text for every test. */
const sharedText = () => (exported ??= exportedText());
const exportedMetrics = async () => metricsIn(await sharedText());

/** What an expression selects or groups by that the gateway does not export. */
function unknownIn(expr: string, exported: Map<string, Set<string>>): string[] {
  const { selectors, groupedBy } = selectorsIn(expr);
  const labelsOf = (metric: string) => [...OWN_LABELS, ...(exported.get(metric) ?? [])];
  const all = new Set(selectors.flatMap(({ metric }) => labelsOf(metric)));
  return [
    ...selectors.flatMap(({ metric }) => (metric === OWN_METRIC || exported.has(metric) ? [] : [metric])),
    ...selectors.flatMap(({ metric, labels }) =>
      labels.filter((label) => !labelsOf(metric).includes(label)).map((label) => `${metric}{${label}}`),
    ),
    ...groupedBy.filter((label) => !all.has(label)),
  ];
}

test('alerts and dashboard use only metrics and labels that a running gateway exports', async () => {
  const exported = await exportedMetrics();
  const expressions = [...rules, ...targets].map(({ expr }) => expr);
  expect(expressions.flatMap((expr) => unknownIn(expr, exported))).toEqual([]);
  // The check itself finds a metric, a label of a metric and a label of a group.
  expect(unknownIn('sum by (nothing) (process_nothing) + sms_gateway_streams{nobody="1"}', exported)).toEqual([
    'process_nothing',
    'sms_gateway_streams{nobody}',
    'nothing',
  ]);
});

test('a query that is not valid is noticed', () => {
  expect(() => selectorsIn('rate(a{b=}[5m])')).toThrow('Not valid');
});

test('each metric of the gateway has a unit or a plain count in its name, as Prometheus asks for', async () => {
  const names = [...(await exportedMetrics()).keys()].filter((name) => name.startsWith('sms_gateway_'));
  const allowed = /_(?:total|seconds(?:_bucket|_sum|_count)?|bytes)$/;
  const counts = names.filter((name) => !allowed.test(name)).map((name) => name.replace('sms_gateway_', ''));
  expect(counts.toSorted()).toEqual([
    'iam_circuits_open',
    'requests_in_flight',
    'requests_waiting',
    'sms_calls_in_flight',
    'sms_calls_waiting',
    'sms_circuits_open',
    'sms_key_suspended',
    'store_connected',
    'streams',
  ]);
});

// Prometheus's own tool. .ci/run installs it.
describe.skipIf(!isInstalled('promtool'))('promtool', () => {
  const ROOT = new URL('..', import.meta.url).pathname;

  test('sees each alert fire with the text that its test expects, and stay silent below its threshold', () => {
    execFileSync('promtool', ['test', 'rules', 'deploy/prometheus/alerts.test.yaml'], { cwd: ROOT });
    const { tests } = parse(read('deploy/prometheus/alerts.test.yaml')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
    };
    const cases = tests.flatMap((one) => one.alert_rule_test);
    const tested = (fires: boolean) =>
      new Set(cases.flatMap((one) => (one.exp_alerts.length > 0 === fires ? [one.alertname] : [])));
    const alerts = new Set(rules.map(({ alert }) => alert));
    expect(tested(true)).toEqual(alerts);
    expect(tested(false)).toEqual(alerts);
  });

  test('accepts the configuration of Prometheus', () => {
    const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    // Where Compose mounts the rules does not exist here.
    const config = read('deploy/compose/prometheus.yaml').replace('/etc/prometheus/', `${ROOT}deploy/prometheus/`);
    writeFileSync(join(folder, 'prometheus.yaml'), config);
    execFileSync('promtool', ['check', 'config', join(folder, 'prometheus.yaml')]);
  });

  test('finds nothing wrong with the metrics of a gateway, except those of the Node client', async () => {
    const { stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
      input: await sharedText(),
      encoding: 'utf8',
    });
    const complaints = `${stdout}${stderr}`
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('nodejs_active_'));
    expect(complaints).toEqual([]);
  });
});

describe('the dashboard', () => {
  test('names its lines by labels that the query groups by', () => {
    const unknown = targets.flatMap(({ title, expr, legendFormat }) => {
      const { groupedBy } = selectorsIn(expr);
      const labels = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
      return labels.filter((label) => !groupedBy.includes(label)).map((label) => `${title}: ${label}`);
    });
    expect(unknown).toEqual([]);
  });

  test('shows every metric that an alert uses', () => {
    const metrics = (expr: string) => selectorsIn(expr).selectors.map(({ metric }) => metric);
    const shown = new Set([
      OWN_METRIC,
      'sms_gateway_store_connected',
      'process_max_fds',
      ...targets.flatMap(({ expr }) => metrics(expr)),
    ]);
    expect(rules.flatMap(({ expr }) => metrics(expr)).filter((metric) => !shown.has(metric))).toEqual([]);
  });
});

test('docs/operations.md explains every alert', () => {
  const docs = read('docs/operations.md');
  expect(rules.map(({ alert }) => alert).filter((alert) => !docs.includes(`| \`${alert}\` |`))).toEqual([]);
});
