/**
 * Mixed load for a long time: do the live heap, the open handles or the event listeners of the gateway grow?
 * `node soak.ts [minutes]`, 30 by default. Exits with 1 if they do.
 */
import { EventEmitter, once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { Pool } from 'undici';
import { DEMO_TOKEN, NO_RIGHTS_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { emulator, gateway, usage } from './children.ts';
import { EXPORT, TASK } from './load.ts';
import { print, report } from './report.ts';

const [minutes = 30] = process.argv.slice(2).map(Number);
const CLIENTS = 32;
const SAMPLES = 40;
/** After this many requests all caches are full. */
const WARM_UP_REQUESTS = 25_000;
/** Allowed growth from the second quarter to the last. Handles come and go with keep-alive connections. */
const MAX_GROWTH = 1.05;
const MAX_HANDLE_GROWTH = CLIENTS / 2;

const sms = await emulator();
const warnings: string[] = [];
const log = new PassThrough();
const preload = new URL('./live-heap.ts', import.meta.url).href;
const settings = { SMS_EXPOSE: 'agent,secrets', NODE_OPTIONS: `--import ${preload}` };
const { url, pid, stop } = await gateway(sms.url, settings, (text) => log.write(text));
const heap = new EventEmitter<{ measured: [number] }>();
createInterface({ input: log }).on('line', (line) => {
  if (line.includes('Warning')) warnings.push(line);
  const bytes = /^live (\d+)$/.exec(line)?.[1];
  if (bytes !== undefined) heap.emit('measured', Number(bytes) / 1024 ** 2);
});
const pool = new Pool(url, { connections: CLIENTS, pipelining: 1 });
const task = TASK.taskId;

type Send = (body: object | string, headers?: Record<string, string>, signal?: AbortSignal) => Promise<void>;
const send: Send = async (body, headers = {}, signal) => {
  const response = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });
  await response.body.dump();
};
const disconnectAfter = (milliseconds: number) => AbortSignal.timeout(milliseconds);
let serial = 0;

/** Every client sends these in turn. */
const KINDS: (() => Promise<void>)[] = [
  () => send(EXPORT),
  () => send(EXPORT),
  () => send({ query: '{ migrationTasks(first: 50) { nodes { id name state sourceServer { name } } } }' }),
  () => send({ query: `{ migrationTask(id: "${task}") { name subTasks { name } } }` }),
  () => send(EXPORT, { 'x-auth-token': NO_RIGHTS_TOKEN }),
  () => send({ query: `query q${serial++} { __typename a${serial}: __typename }` }),
  () => send(`{ "query": ${'['.repeat(1_000)}`),
  () => send({ query: `{ ${'a { '.repeat(500)}` }),
  () => send({ query: 'x'.repeat(100_000) }),
  () => send(EXPORT, {}, disconnectAfter(2)).catch(() => {}),
  () =>
    send(
      { query: `subscription { migrationTask(id: "${task}", interval: 1) { __typename } }` },
      { accept: 'text/event-stream' },
      disconnectAfter(50),
    ).catch(() => {}),
  () => fault({ kind: 'status', status: 503 }),
  () => fault({ kind: 'reset' }),
];

async function fault(kind: object): Promise<void> {
  await fetch(`${sms.url}/emulator/fault`, { method: 'POST', body: JSON.stringify(kind) });
  await send(EXPORT);
}

let sent = 0;

interface Sample {
  heap: number;
  handles: number;
}

/** The live heap in MiB and the number of open handles, at rest after `milliseconds` of load. */
async function sampleAfter(milliseconds: number): Promise<Sample> {
  const end = performance.now() + milliseconds;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let next = client; performance.now() < end; next += 1) {
        await KINDS[next % KINDS.length]?.();
        sent += 1;
      }
    }),
  );
  process.kill(pid, 'SIGUSR2');
  const [size] = await once(heap, 'measured');
  return { heap: size, handles: readdirSync(`/proc/${pid}/fd`).length };
}

while (sent < WARM_UP_REQUESTS) await sampleAfter(1_000);
const samples: Sample[] = [];
while (samples.length < SAMPLES) {
  const sample = await sampleAfter((minutes * 60_000) / SAMPLES);
  samples.push(sample);
  if (samples.length % 4 === 0)
    print(
      `${sent} requests; live heap ${sample.heap.toFixed(1)} of ${Math.round(usage(pid).memory)} MiB, ${sample.handles} handles`,
    );
}
await pool.close();

const quarter = (from: number): Sample => {
  const part = samples.slice(SAMPLES * from, SAMPLES * (from + 1 / 4));
  const mean = (of: (sample: Sample) => number) => part.reduce((sum, sample) => sum + of(sample), 0) / part.length;
  return { heap: mean((sample) => sample.heap), handles: mean(({ handles }) => handles) };
};
const [second, last] = [quarter(1 / 4), quarter(3 / 4)];
const row = (mean: Sample) => ({ 'MiB of live heap': mean.heap.toFixed(1), handles: mean.handles.toFixed(1) });
report(`${minutes} minutes, ${CLIENTS} clients, ${sent} requests, ${warnings.length} warnings`, {
  'second quarter': row(second),
  'last quarter': row(last),
});
await stop();
await sms.stop();
const grows = last.heap > second.heap * MAX_GROWTH || last.handles > second.handles + MAX_HANDLE_GROWTH;
if (grows || warnings.length > 0) {
  print(`FAILED: the heap or the handles grew, or there were warnings. ${warnings.join('\n')}`);
  process.exitCode = 1;
}
