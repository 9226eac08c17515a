/** The gateway as people start it: through npm. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { example } from '../src/process/example.ts';
import { httpServer } from './support/harness.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const isConsoleBuilt = existsSync(`${ROOT}dist/console/index.html`);

/** A script of package.json in a process group of its own, once the gateway listens. */
async function npmRun(script: string, env: Record<string, string>) {
  const npm = spawn('npm', ['run', '--silent', script], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const group = -(npm.pid ?? 0);
  onTestFinished(() => {
    try {
      process.kill(group, 'SIGKILL');
    } catch {
      // It has ended.
    }
  });
  const [text] = await once(npm.stdout.setEncoding('utf8'), 'data');
  const [url = ''] = /http\S+/.exec(text) ?? [];
  return {
    url,
    /** The end of npm, and of everything that it has started. */
    closed: once(npm, 'close'),
    signalNpm: (signal: NodeJS.Signals) => void npm.kill(signal),
    /** As a terminal does. */
    signalGroup: (signal: NodeJS.Signals) => void process.kill(group, signal),
  };
}

// Windows has no signals.
describe.skipIf(process.platform === 'win32')('npm start', () => {
  test.each([
    ['SIGTERM to npm alone', 'signalNpm', 'SIGTERM'],
    ['SIGINT to npm alone', 'signalNpm', 'SIGINT'],
    ['SIGTERM to the process group', 'signalGroup', 'SIGTERM'],
    ['Ctrl+C in a terminal', 'signalGroup', 'SIGINT'],
    ['SIGKILL to npm alone', 'signalNpm', 'SIGKILL'],
  ] as const)('stops the gateway after its running request, and frees its port, on %s', async (_, send, signal) => {
    const arrived = Promise.withResolvers<() => void>();
    const sms = await httpServer((_, response) => arrived.resolve(() => response.end('a,file')));
    const gateway = await npmRun('start', { SMS_ENDPOINT: sms });
    const result = fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
      body: JSON.stringify(example),
    }).then((response) => response.json());
    const respond = await arrived.promise;
    gateway[send](signal);
    await expect.poll(() => isReachable(gateway.url), { timeout: 10_000 }).toBe(false);
    respond();
    expect(await result).toMatchObject({
      data: { exportConsistencyResults: { __typename: 'ExportConsistencyResultsSuccess' } },
    });
    await gateway.closed;
    const again = createServer().listen(Number(new URL(gateway.url).port), '127.0.0.1');
    await once(again, 'listening');
    again.close();
  });
});

// Skipped where the console has not been built, except in CI.
test.skipIf(!isConsoleBuilt && !process.env['CI'])(
  'npm run console serves the page, beside a wave of 60 servers',
  async () => {
    const gateway = await npmRun('console', {});
    expect(await (await fetch(gateway.url)).text()).toContain('<title>');
    const response = await fetch(new URL('/graphql', gateway.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN },
      body: JSON.stringify({ query: '{ sourceServers { totalCount } }' }),
    });
    expect(await response.json()).toEqual({ data: { sourceServers: { totalCount: 12 + 60 } } });
    gateway.signalNpm('SIGTERM');
    await gateway.closed;
  },
);

function isReachable(url: string): Promise<boolean> {
  return fetch(new URL('/health', url), { headers: { connection: 'close' } }).then(
    () => true,
    () => false,
  );
}
