/** Load over kept connections, closed (each sends when it was answered) or open (so many a second, answered or not). */
import { Pool } from 'undici';

/** 1.5 KB, as tokens of IAM are. */
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
  /** Answered with 200. */
  good: number;
  /** Refused with 503. */
  refused: number;
  /** Anything else. */
  failed: number;
  /** Milliseconds of each good answer. */
  times: number[];
}

/** A client of one target. `send` resolves when the answer was read. */
export function client(url: string, path: string, body: object, connections: number) {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'x-auth-token': TOKEN };
  const tally: Tally = { good: 0, refused: 0, failed: 0, times: [] };
  const send = async () => {
    const begin = performance.now();
    try {
      const answer = await pool.request({ method: 'POST', path, headers, body: text });
      const said = await answer.body.text();
      if (answer.statusCode === 503) tally.refused += 1;
      else if (answer.statusCode !== 200 || said.includes('Error"')) tally.failed += 1;
      else {
        tally.good += 1;
        tally.times.push(performance.now() - begin);
      }
    } catch {
      tally.failed += 1;
    }
  };
  return { send, tally, close: () => pool.destroy() };
}

/** So many requests, so many at once. */
export async function closed(url: string, path: string, body: object, count: number, atOnce: number): Promise<Tally> {
  const { send, tally, close } = client(url, path, body, atOnce);
  let left = count;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1;
        await send();
      }
    }),
  );
  await close();
  return tally;
}

/** So many requests a second, for so many seconds, whatever is answered. */
export async function open(url: string, path: string, body: object, rate: number, seconds: number): Promise<Tally> {
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

export function percentile(times: number[], part: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
