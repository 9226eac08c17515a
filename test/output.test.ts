/** Output that cannot be written: real processes with a full disk, and with pipes in every state. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { post } from './support/gateway.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;
const OUTPUT = new URL('../src/logging/output.ts', import.meta.url).pathname;
const TYPENAME = { query: '{ __typename }' };
/** The capacity of a pipe on Linux. */
const PIPE_BYTES = 64 * 1024;

type Stdio = 'pipe' | number;

interface Gateway {
  child: ChildProcess;
  url: string;
  metrics: string;
}

/** A running gateway. It gets chosen ports, because its output may be unreadable. */
async function gatewayWith(stdout: Stdio, stderr: Stdio): Promise<Gateway> {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const child = spawn(process.execPath, [MAIN, 'start'], {
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), METRICS_PORT: String(metricsPort) },
    stdio: ['ignore', stdout, stderr],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}`;
  await expect.poll(() => isHealthy(url), { timeout: 20_000 }).toBe(true);
  return { child, url, metrics: `http://127.0.0.1:${metricsPort}/metrics` };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function isHealthy(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** Sends requests until their log lines exceed the capacity of a pipe. */
async function logMuch(gateway: Gateway): Promise<void> {
  const bytesOfALine = 150;
  for (let sent = 0; sent < (2 * PIPE_BYTES) / bytesOfALine; sent += 50) {
    const responses = await Promise.all(Array.from({ length: 50 }, () => post(gateway, TYPENAME)));
    for (const response of responses) expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  }
}

async function droppedLines({ metrics }: Gateway): Promise<number> {
  const text = await (await fetch(metrics)).text();
  return Number(/^sms_gateway_log_lines_dropped_total (\d+)$/m.exec(text)?.[1]);
}

async function stopped({ child }: Gateway): Promise<unknown> {
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  return (await exit)[0];
}

function fullDisk(): number {
  const fd = openSync('/dev/full', 'w');
  onTestFinished(() => closeSync(fd));
  return fd;
}

/** A pipe that is open for reading, so that nothing fails, and is never read. */
function unreadPipe(): number {
  const folder = mkdtempSync(join(tmpdir(), 'output-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'pipe');
  execFileSync('sh', ['-c', 'mkfifo "$0"', path]);
  const fd = openSync(path, 'r+');
  onTestFinished(() => closeSync(fd));
  return fd;
}

// Only Linux has a device that is always full.
describe.skipIf(process.platform !== 'linux')('a gateway goes on serving, and stops on a signal,', () => {
  test('with its log on a full disk, and counts dropped lines', async () => {
    const gateway = await gatewayWith('pipe', fullDisk());
    await logMuch(gateway);
    expect(await isHealthy(gateway.url)).toBe(true);
    await expect.poll(() => droppedLines(gateway)).toBeGreaterThan((2 * PIPE_BYTES) / 150);
    expect(await stopped(gateway)).toBe(0);
  });

  test('with its log in a pipe that nobody reads', async () => {
    const gateway = await gatewayWith('pipe', unreadPipe());
    await logMuch(gateway);
    expect(await isHealthy(gateway.url)).toBe(true);
    expect(await stopped(gateway)).toBe(0);
  });

  test('with its log in a pipe whose reader has gone', async () => {
    const gateway = await gatewayWith('pipe', 'pipe');
    gateway.child.stderr?.destroy();
    await logMuch(gateway);
    expect(await isHealthy(gateway.url)).toBe(true);
    expect(await droppedLines(gateway)).toBeGreaterThan(0);
    expect(await stopped(gateway)).toBe(0);
  });

  test('if it starts with its output on a full disk', async () => {
    const gateway = await gatewayWith(fullDisk(), fullDisk());
    await logMuch(gateway);
    expect(await stopped(gateway)).toBe(0);
  });

  test('if it starts with its output closed', async () => {
    const port = await freePort();
    const child = spawn('sh', ['-c', `exec "${process.execPath}" "${MAIN}" start >&- 2>&-`], {
      env: { PATH: process.env['PATH'] ?? '', PORT: String(port) },
      stdio: 'ignore',
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await expect.poll(() => isHealthy(`http://127.0.0.1:${port}`), { timeout: 20_000 }).toBe(true);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });

  test('if the reader of its standard output is gone before it starts', async () => {
    const port = await freePort();
    const child = spawn(process.execPath, [MAIN, 'start'], {
      env: { PATH: process.env['PATH'] ?? '', PORT: String(port) },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    child.stdout.destroy();
    await expect.poll(() => isHealthy(`http://127.0.0.1:${port}`), { timeout: 20_000 }).toBe(true);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });
});

/** A process that runs this script. In it, `output` is its standard error. */
function running(script: string, stderr: Stdio = 'pipe', before = '') {
  const source = `import { standardError as output } from ${JSON.stringify(OUTPUT)};\n${script}`;
  const child = spawn('sh', ['-c', `${before} exec "$0" --input-type=module -e "$1"`, process.execPath, source], {
    stdio: ['pipe', 'pipe', stderr],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function textOf(stream: Readable | null): Promise<string> {
  return stream === null ? '' : Buffer.concat(await stream.toArray()).toString();
}

const PRINT_DROPPED = 'console.log(output.dropped);';

test('lines that wait for a slow reader are bounded, and further lines are dropped and counted', async () => {
  const child = running(`
    const line = 'x'.repeat(1023) + '\\n';
    for (let count = 0; count < 10 * 1024; count += 1) output.write(line);
    ${PRINT_DROPPED}
    process.exit();`);
  expect(await textOf(child.stdout)).toBe(`${6 * 1024}\n`);
});

test('queued lines are written whole and in order when the process exits at once', async () => {
  const child = running(`
    for (let count = 0; count < 100; count += 1) output.write(count + '\\n');
    process.exit();`);
  expect(await textOf(child.stderr)).toBe(Array.from({ length: 100 }, (_, count) => `${count}\n`).join(''));
});

test('lines that are written at about the same time leave in one write', async () => {
  const child = running(`
    import { mock } from 'node:test';
    mock.timers.enable({ apis: ['setTimeout'] });
    const { write } = process.stderr;
    process.stderr.write = (...args) => {
      console.log(args[0].toString());
      return write.apply(process.stderr, args);
    };
    output.write('one\\n');
    await new Promise(setImmediate);
    output.write('two\\n');
    mock.timers.tick(10);`);
  expect(await textOf(child.stdout)).toBe('one\ntwo\n\n');
});

test('lines of any length and in any script are written whole', async () => {
  const child = running(`
    for (const text of ['a', 'ü', '世界', '🎉']) for (const length of [1, 1000, 40_000]) output.write(text.repeat(length) + '\\n');`);
  const lines = ['a', 'ü', '世界', '🎉'].flatMap((text) => [1, 1000, 40_000].map((length) => text.repeat(length)));
  expect((await textOf(child.stderr)).split('\n')).toEqual([...lines, '']);
});

test('a slow reader gets all lines within the bound', async () => {
  const child = running(`
    const line = 'x'.repeat(1023) + '\\n';
    for (let count = 0; count < 1024; count += 1) output.write(line);`);
  // Reading starts when the pipe is full.
  await new Promise(setImmediate);
  expect((await textOf(child.stderr)).length).toBe(1024 ** 2);
});

test.skipIf(process.platform === 'win32')('the line after one that a full disk cut off is whole', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'output-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'log');
  const fd = openSync(path, 'a');
  onTestFinished(() => closeSync(fd));
  // The shell counts blocks of 512 or 1,024 bytes.
  const child = running(
    `
    output.write('x'.repeat(2000) + '\\n');
    const untilDropped = setInterval(() => {
      if (output.dropped === 0) return;
      clearInterval(untilDropped);
      ${PRINT_DROPPED}
      process.stdin.once('data', () => output.write('whole\\n')).once('end', () => process.stdin.destroy());
    });`,
    fd,
    "trap '' XFSZ; ulimit -f 1;",
  );
  const [dropped] = await once(child.stdout ?? child, 'data');
  expect(String(dropped)).toBe('1\n');
  expect(readFileSync(path, 'utf8')).toMatch(/^x+$/);
  truncateSync(path);
  child.stdin?.end('go on');
  await once(child, 'exit');
  expect(readFileSync(path, 'utf8')).toBe('\nwhole\n');
});
