/** A closed load: every connection sends the next request when it has the response to the last. */
import { Pool } from 'undici';
import { TOKEN } from './workloads.ts';

export interface Load {
  good: number;
  failed: number;
  milliseconds: number;
  /** Milliseconds of each response, sorted. */
  times: number[];
}

export async function load(url: string, body: object, connections: number, milliseconds: number): Promise<Load> {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', accept: 'application/json', 'x-auth-token': TOKEN };
  const times: number[] = [];
  let failed = 0;
  const begin = performance.now();
  const end = begin + milliseconds;
  const run = async () => {
    while (performance.now() < end) {
      const sent = performance.now();
      const response = await pool.request({ method: 'POST', path, headers, body: text });
      const received = await response.body.text();
      if (response.statusCode !== 200 || received.startsWith('{"errors"') || received.includes('Error"')) failed += 1;
      else times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, run));
  const took = performance.now() - begin;
  await pool.destroy();
  return { good: times.length, failed, milliseconds: took, times: times.sort((one, other) => one - other) };
}
