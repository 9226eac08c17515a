/**
 * Load over keep-alive connections: closed (each connection sends its next request after a response) or open (a fixed rate,
 * whatever the responses).
 */
import { Pool } from 'undici';

/** 1.5 KB, the usual size of an IAM token. */
export const TOKEN = 'MII'.padEnd(1_500, 'x');
export const TASK = {
  taskId: '7d1f5c92-6a2b-4b0d-8f3e-c4a9b2d7e103',
  sourceId: '5b0c6f0e-3c1d-4e53-9a57-2f8e6c1d0a01',
  sourceName: 'web-prod-01',
};
export const EXPORT = {
  query:
    'mutation Export($input: ExportConsistencyResultsInput!) { exportConsistencyResults(input: $input) { __typename ... on ExportConsistencyResultsSuccess { files { fileName contentType size text } tasks { taskId } } ... on SmsError { message code requestId } } }',
  variables: { input: { taskInfo: [TASK] } },
};

export interface Tally {
  /** Responses with status 200 and no error. */
  good: number;
  /** Rejected with 503. */
  rejected: number;
  /** Anything else. */
  failed: number;
  /** Latency of each good response, in milliseconds. */
  latencies: number[];
}

/** A client of one target. `send` resolves when the response has been read. */
function client(url: string, path: string, body: object, connections: number) {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'x-auth-token': TOKEN };
  const tally: Tally = { good: 0, rejected: 0, failed: 0, latencies: [] };
  const send = async () => {
    const begin = performance.now();
    try {
      const response = await pool.request({ method: 'POST', path, headers, body: text });
      const result = await response.body.text();
      if (response.statusCode === 503) tally.rejected += 1;
      else if (response.statusCode !== 200 || result.includes('Error"')) tally.failed += 1;
      else {
        tally.good += 1;
        tally.latencies.push(performance.now() - begin);
      }
    } catch {
      tally.failed += 1;
    }
  };
  return { send, tally, close: () => pool.destroy() };
}

/** Sends `count` requests, `concurrency` of them at a time. */
export async function closedLoad(
  url: string,
  path: string,
  body: object,
  count: number,
  concurrency: number,
): Promise<Tally> {
  const { send, tally, close } = client(url, path, body, concurrency);
  let left = count;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left > 0) {
        left -= 1;
        await send();
      }
    }),
  );
  await close();
  return tally;
}

/** Sends `rate` requests per second for `seconds`, whatever the responses. */
export async function openLoad(url: string, path: string, body: object, rate: number, seconds: number): Promise<Tally> {
  const { send, tally, close } = client(url, path, body, 4_000);
  const begin = performance.now();
  const sent: Promise<void>[] = [];
  while (performance.now() - begin < seconds * 1000) {
    const due = Math.floor(((performance.now() - begin) / 1000) * rate);
    while (sent.length < due) sent.push(send());
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(sent);
  await close();
  return tally;
}

export function percentile(values: number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? 0;
}

export interface TimedTally {
  good: number;
  failed: number;
  milliseconds: number;
  /** Milliseconds of each response, sorted. */
  times: number[];
}

/** A closed load for so many milliseconds: every connection sends the next request when it has the response to the last. */
export async function timedLoad(
  url: string,
  body: object,
  connections: number,
  milliseconds: number,
): Promise<TimedTally> {
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
