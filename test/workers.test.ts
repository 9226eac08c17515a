/** Several processes that serve one port (`WORKERS`). */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { availableParallelism } from 'node:os';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../src/config/config.ts';
import { MergedMetrics } from '../src/http/telemetry/merged-metrics.ts';
import { Metrics } from '../src/http/telemetry/metrics.ts';
import { serve } from '../src/process/server.ts';
import { KeyLockoutGuard } from '../src/sms/auth/key-lockout-guard.ts';
import { post } from './support/gateway.ts';
import { httpServer, WEB_TASK } from './support/harness.ts';
import { type Process, startGatewayProcess } from './support/process.ts';

const EXPORT = {
  query: `mutation { exportConsistencyResults(input: { taskInfo: [{ taskId: "${WEB_TASK}" }] }) { __typename } }`,
};
const SUCCESS = 'ExportConsistencyResultsSuccess';
const TWO = { WORKERS: '2' };

describe('WORKERS', () => {
  const KEY = {
    SMS_ENDPOINT: 'http://127.0.0.1:1',
    HUAWEICLOUD_SDK_AK: 'the-ak',
    HUAWEICLOUD_SDK_SK: 'the-sk',
  };

  test('is 1 by default, and "auto" is a worker per processor', () => {
    expect(readConfig({}).workers).toBe(1);
    expect(readConfig({ WORKERS: 'auto' }).workers).toBe(Math.min(128, availableParallelism()));
  });

  test.each(['0', '129', 'many', '1.5'])('cannot be %s', (value) => {
    expect(() => readConfig({ WORKERS: value })).toThrow(
      `WORKERS is "${value}". Allowed: auto, or a whole number from 1 to 128.`,
    );
  });

  test('with an access key cannot exceed the bad signatures that the vendor tolerates, without a shared store', () => {
    expect(readConfig({ ...KEY, WORKERS: '5' }).workers).toBe(5);
    expect(() => readConfig({ ...KEY, WORKERS: '6' })).toThrow(
      'WORKERS is 6, but at most 5 workers may try an access key independently',
    );
    expect(readConfig({ ...KEY, WORKERS: '6', REDIS_URL: 'redis://localhost' }).workers).toBe(6);
  });

  test.each([1, 2, 3, 4, 5])('%d of them send at most five bad signatures with a key that was good', (processes) => {
    const never = new AbortController();
    const guards = Array.from({ length: processes }, () => new KeyLockoutGuard(undefined, undefined, processes));
    let sent = 0;
    for (const guard of guards) {
      guard.enter('key', never);
      guard.leave('key', 'accepted');
      while (!guard.isSuspended) {
        guard.enter('key', never);
        guard.leave('key', 'refused');
        sent += 1;
      }
    }
    expect(sent).toBeLessThanOrEqual(5);
  });
});

test('by default there is one process', async () => {
  const gateway = await startGatewayProcess({});
  expect(workersOf(gateway)).toEqual([]);
});

test('workers share a port, the primary prints the start message once, and one emulator serves all', async () => {
  const gateway = await startGatewayProcess(TWO);
  expect(workersOf(gateway)).toHaveLength(2);
  const results = await Promise.all(Array.from({ length: 16 }, () => exportOnce(gateway)));
  expect(results).toEqual(Array(16).fill(SUCCESS));
  gateway.signal('SIGTERM');
  expect(await gateway.exit).toBe(0);
  expect(gateway.output.stdout.match(/^GraphQL: /gm)).toHaveLength(1);
  expect(gateway.output.stderr.match(/The embedded emulator replaces SMS/g)).toHaveLength(1);
});

describe('SIGTERM to the primary', () => {
  test('lets the running requests of all workers end, and exits with 0', async () => {
    const held: ServerResponse[] = [];
    const sms = await httpServer((_, response) => void held.push(response));
    const gateway = await startGatewayProcess({ ...TWO, SMS_ENDPOINT: sms });
    const results = Promise.all(Array.from({ length: 16 }, () => exportOnce(gateway)));
    await expect.poll(() => held.length).toBe(16);
    gateway.signal('SIGTERM');
    await expect.poll(() => isReachable(gateway)).toBe(false);
    for (const response of held) response.end('a,file');
    expect(await results).toEqual(Array(16).fill(SUCCESS));
    expect(await gateway.exit).toBe(0);
    expect(gateway.output.stderr).not.toContain('A worker process ended');
  });

  test('makes /ready return 503 on every worker while requests are still served', async () => {
    const gateway = await startGatewayProcess({ ...TWO, SHUTDOWN_DELAY: '60000' });
    gateway.signal('SIGTERM');
    const statuses = () => Promise.all(Array.from({ length: 16 }, () => statusOf(gateway, '/ready')));
    await expect.poll(statuses).toEqual(Array(16).fill(503));
    expect(await exportOnce(gateway)).toBe(SUCCESS);
  });

  test('followed by a second signal ends all processes at once', async () => {
    const arrived = Promise.withResolvers<void>();
    const sms = await httpServer(() => arrived.resolve());
    const gateway = await startGatewayProcess({ ...TWO, SMS_ENDPOINT: sms });
    const outcome = exportOnce(gateway).catch(() => 'aborted');
    await arrived.promise;
    gateway.signal('SIGTERM');
    await expect.poll(() => isReachable(gateway)).toBe(false);
    gateway.signal('SIGINT');
    expect([await gateway.exit, await outcome]).toEqual([1, 'aborted']);
  });
});

test('SIGINT to all processes, as a terminal sends it, lets the running request end', async () => {
  const arrived = Promise.withResolvers<ServerResponse>();
  const sms = await httpServer((_, response) => arrived.resolve(response));
  const gateway = await startGatewayProcess({ ...TWO, SMS_ENDPOINT: sms });
  const result = exportOnce(gateway);
  const held = await arrived.promise;
  for (const pid of workersOf(gateway)) process.kill(pid, 'SIGINT');
  gateway.signal('SIGINT');
  await expect.poll(() => isReachable(gateway)).toBe(false);
  held.end('a,file');
  expect([await result, await gateway.exit]).toEqual([SUCCESS, 0]);
});

test('a killed worker is replaced, and other and later requests do not fail', { timeout: 30_000 }, async () => {
  const held: ServerResponse[] = [];
  const sms = await httpServer((_, response) => void held.push(response));
  const gateway = await startGatewayProcess({ ...TWO, SMS_ENDPOINT: sms });
  const [killed = 0, other = 0] = workersOf(gateway);
  const idle = [killed, other].map(socketsOf);
  const outcomes: Promise<string>[] = [];
  // The operating system chooses the worker.
  while (socketsOf(killed) === idle[0] || socketsOf(other) === idle[1]) {
    outcomes.push(exportOnce(gateway).catch(() => 'lost'));
    await expect.poll(() => held.length).toBe(outcomes.length);
  }
  process.kill(killed, 'SIGKILL');
  const later = await Promise.all(Array.from({ length: 64 }, () => statusOf(gateway, '/health')));
  expect(later).toEqual(Array(64).fill(200));
  await expect.poll(() => workersOf(gateway).filter((pid) => pid !== killed && pid !== other)).toHaveLength(1);
  for (const response of held) response.end('a,file');
  expect(new Set(await Promise.all(outcomes))).toEqual(new Set([SUCCESS, 'lost']));
  expect(gateway.output.stderr).toMatch(/"level":50,.*"signal":"SIGKILL",.*"msg":"A worker process ended\./);
  gateway.signal('SIGTERM');
  expect(await gateway.exit).toBe(0);
});

test('workers let their running requests end and stop if the primary is killed', async () => {
  const arrived = Promise.withResolvers<ServerResponse>();
  const sms = await httpServer((_, response) => arrived.resolve(response));
  const gateway = await startGatewayProcess({ ...TWO, SMS_ENDPOINT: sms });
  const result = exportOnce(gateway);
  const held = await arrived.promise;
  gateway.signal('SIGKILL');
  await expect.poll(() => isReachable(gateway)).toBe(false);
  held.end('a,file');
  expect([await result, await gateway.exit]).toEqual([SUCCESS, 'SIGKILL']);
});

test('a second gateway with workers cannot listen on the same port', async () => {
  const { url } = await startGatewayProcess(TWO);
  const { port } = new URL(url);
  await expect(startGatewayProcess({ ...TWO, PORT: port })).rejects.toThrow(
    new Error(
      `The gateway did not start: 127.0.0.1:${port} is already in use. Stop the process that uses it, or set PORT to another port.\n`,
    ),
  );
});

test('if workers cannot start, the primary prints the reason once and ends', async () => {
  await expect(
    startGatewayProcess({ ...TWO, SMS_ENDPOINT: 'http://127.0.0.1:1', SMS_CA_FILE: '/nonexistent' }),
  ).rejects.toThrow(new Error('The gateway did not start: SMS_CA_FILE names a file that cannot be read (ENOENT).\n'));
});

describe('the metrics', () => {
  test('of all workers are served together by the primary', { timeout: 30_000 }, async () => {
    const gateway = await startGatewayProcess({ ...TWO, METRICS_PORT: '0' });
    await Promise.all(Array.from({ length: 6 }, () => exportOnce(gateway)));
    const requests = () =>
      series(gateway, 'requests_total{type="mutation",field="exportConsistencyResults",outcome="OK"}');
    await expect.poll(requests).toBe(6);
    expect(await series(gateway, 'request_duration_seconds_bucket{le="+Inf",kind="mutation",fault="none"}')).toBe(6);
    expect(await series(gateway, 'store_connected')).toBe(0);
    expect(gateway.output.stdout.match(/^Metrics: /gm)).toHaveLength(1);
    const [killed = 0] = workersOf(gateway);
    process.kill(killed, 'SIGKILL');
    await expect.poll(() => gateway.output.stderr).toContain('A worker process ended');
    expect(await requests()).toBe(6);
  });

  test('of a worker that has ended stay in the counters, but not in the gauges', async () => {
    const log = { dropped: 3 };
    const metrics = new Metrics();
    metrics.observeLog(log);
    const merged = new MergedMetrics(async () => {});
    merged.report(1, await metrics.snapshot());
    merged.report(2, await metrics.snapshot());
    merged.end(1);
    merged.end(2);
    merged.report(3, await metrics.snapshot());
    const { url, stop } = await serve(merged.listener, { host: '127.0.0.1', port: 0 });
    onTestFinished(() => stop(0));
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('sms_gateway_log_lines_dropped_total 9');
  });
});

/** The number of open sockets of a process. Linux only. */
function socketsOf(pid: number): number {
  const isSocket = (fd: string) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:');
    } catch {
      // It was closed meanwhile.
      return false;
    }
  };
  return readdirSync(`/proc/${pid}/fd`).filter(isSocket).length;
}

/** The result of an export over a connection of its own. */
async function exportOnce(gateway: Process): Promise<string> {
  const response = await post(gateway, EXPORT, { connection: 'close' });
  return ((await response.json()) as { data: { exportConsistencyResults: { __typename: string } } }).data
    .exportConsistencyResults.__typename;
}

async function statusOf({ url }: Process, path: string): Promise<number> {
  const response = await fetch(url + path, { headers: { connection: 'close' } });
  await response.body?.cancel();
  return response.status;
}

function isReachable(gateway: Process): Promise<boolean> {
  return statusOf(gateway, '/health').then(
    () => true,
    () => false,
  );
}

/** The process ids of the workers. Linux only. */
function workersOf({ pid }: Process): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

/** The value of a series of the metrics. */
async function series({ output }: Process, name: string): Promise<number> {
  const [, url = ''] = /^Metrics: +(\S+)$/m.exec(output.stdout) ?? [];
  const lines = (await (await fetch(url)).text()).split('\n');
  return Number(
    lines
      .find((line) => line.startsWith(`sms_gateway_${name} `))
      ?.split(' ')
      .at(-1),
  );
}
