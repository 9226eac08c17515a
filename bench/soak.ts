/**
 * Mixed load for a long time: does memory, do handles, do listeners grow? `node soak.ts [minutes]`, 30 by default. Ends
 * with 1 where they do.
 */
import { readdirSync } from 'node:fs';
import { Pool } from 'undici';
import { DEMO_TOKEN, NO_RIGHTS_TOKEN } from '../src/emulator/demo.ts';
import { emulator, gateway, usage } from './children.ts';
import { EXPORT, TASK } from './load.ts';
import { print, report } from './report.ts';

const [minutes = 30] = process.argv.slice(2).map(Number);
const CLIENTS = 32;
const SAMPLES = 40;
/** What memory may grow by between the second and the last quarter: its natural movement. */
const MOST_GROWTH = 1.2;

const sms = await emulator();
const warnings: string[] = [];
const { url, pid, stop } = await gateway(sms.url, { SMS_EXPOSE: 'agent,secrets' }, (line) => {
  if (line.includes('Warning')) warnings.push(line);
});
const pool = new Pool(url, { connections: CLIENTS, pipelining: 1 });
const task = TASK.taskId;

type Send = (body: object | string, headers?: Record<string, string>, signal?: AbortSignal) => Promise<void>;
const send: Send = async (body, headers = {}, signal) => {
  const answer = await pool.request({
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });
  await answer.body.dump();
};
const left = (milliseconds: number) => AbortSignal.timeout(milliseconds);
let serial = 0;

/** In the proportions of this list. */
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
  () => send(EXPORT, {}, left(2)).catch(() => {}),
  () =>
    send(
      { query: `subscription { migrationTask(id: "${task}", interval: 1) { __typename } }` },
      { accept: 'text/event-stream' },
      left(50),
    ).catch(() => {}),
  () => fault({ kind: 'status', status: 503 }),
  () => fault({ kind: 'reset' }),
];

async function fault(kind: object): Promise<void> {
  await fetch(`${sms.url}/emulator/fault`, { method: 'POST', body: JSON.stringify(kind) });
  await send(EXPORT);
}

let sent = 0;
let over = false;
const clients = Array.from({ length: CLIENTS }, async (_, client) => {
  for (let turn = client; !over; turn += 1) {
    await KINDS[turn % KINDS.length]?.();
    sent += 1;
  }
});

const handles = () => readdirSync(`/proc/${pid}/fd`).length;
const memory: number[] = [];
for (let sample = 1; sample <= SAMPLES; sample += 1) {
  await new Promise((resolve) => setTimeout(resolve, (minutes * 60_000) / SAMPLES));
  memory.push(usage(pid).memory);
  if (sample % 4 === 0) print(`${sent} requests, ${Math.round(memory.at(-1) ?? 0)} MiB, ${handles()} handles`);
}
over = true;
await Promise.all(clients);
await pool.close();

const mean = (from: number, to: number) => memory.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
const [second, last] = [mean(SAMPLES / 4, SAMPLES / 2), mean((SAMPLES * 3) / 4, SAMPLES)];
report(`${minutes} minutes, ${CLIENTS} clients, ${sent} requests`, {
  'second quarter': { MiB: Math.round(second), handles: '', warnings: '' },
  'last quarter': { MiB: Math.round(last), handles: handles(), warnings: warnings.length },
});
await stop();
await sms.stop();
if (last > second * MOST_GROWTH || warnings.length > 0) {
  print(`It grows. ${warnings.join('\n')}`);
  process.exitCode = 1;
}
