/**
 * One caller has `WIDE` requests under way (63 and 70), each of 2,010 calls, to an SMS that responds after `LATENCY` ms (20). Another
 * caller sends 20 single reads, one after the other: what it gets, and when.
 */
import { Pool } from 'undici';
import { gateway, script } from './children.ts';
import { percentile, TOKEN } from './load.ts';
import { report } from './report.ts';

const counts = (process.env['WIDE'] ?? '63,70').split(',').map(Number);
const LATENCY = process.env['LATENCY'] ?? '20';
const READS = 20;

const after = (page: number) => Buffer.from(`offset:${page * 200}`).toString('base64url');
const page = (index: number) =>
  `a${index}: migrationTasks(first: 200, after: "${after(index)}") { nodes { consistencyResults { finishedTime } } }`;
const WIDE = { query: `{ ${Array.from({ length: 10 }, (_, index) => page(index)).join(' ')} }` };
const SINGLE = { query: '{ migrationTask(id: "00000000-0000-4000-8000-000000000001") { state } }' };

const results: Record<string, Record<string, string | number>> = {};
for (const count of counts) results[`${count} wide requests`] = await run(count);
report(`Single reads of a caller beside a greedy one, SMS after ${LATENCY} ms`, results);

async function run(count: number) {
  const sms = await script('wide-upstream.ts', { LATENCY });
  const own = await gateway(sms.url, { LOG_LEVEL: 'silent' });
  const pool = new Pool(own.url, { connections: count + 1 });
  const send = async (token: string, body: object, signal?: AbortSignal) => {
    const response = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', 'x-auth-token': token },
      body: JSON.stringify(body),
      headersTimeout: 120_000,
      ...(signal && { signal }),
    });
    const [code = String(response.statusCode)] = /(?<="code":")[A-Z_]+/.exec(await response.body.text()) ?? [];
    return code;
  };
  const read = () => send(TOKEN, SINGLE);
  // SMS has accepted both tokens, so the callers are known.
  const GREEDY = TOKEN.replaceAll('x', 'y');
  await read();
  await send(GREEDY, SINGLE);

  const alone: number[] = [];
  const beside: number[] = [];
  const outcomes: string[] = [];
  const measure = async (times: number[]) => {
    const begin = performance.now();
    outcomes.push(await read());
    times.push(performance.now() - begin);
  };
  for (let index = 0; index < READS; index += 1) await measure(alone);
  const leaving = new AbortController();
  const greedy = Array.from({ length: count }, () => send(GREEDY, WIDE, leaving.signal).catch(() => 'LEFT'));
  while (Number(await (await fetch(`${sms.url}/calls`)).text()) < count)
    await new Promise((resolve) => setTimeout(resolve, 50));
  for (let index = 0; index < READS; index += 1) await measure(beside);
  leaving.abort();
  const left = (await Promise.all(greedy)).filter((outcome) => outcome === 'LEFT').length;
  await pool.destroy();
  await own.stop();
  await sms.stop();
  return {
    'good reads': `${outcomes.slice(READS).filter((outcome) => outcome === '200').length} of ${READS}`,
    'alone, median ms': Math.round(percentile(alone, 0.5)),
    'beside, median ms': Math.round(percentile(beside, 0.5)),
    'most ms': Math.round(Math.max(...beside)),
    'still under way': left,
  };
}
