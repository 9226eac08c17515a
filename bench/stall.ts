/**
 * What one greedy request costs everybody: how long `/health` waits, the most processor time of one round of the event loop
 * (which does not depend on what else the machine does), how many calls SMS gets, and whether a process of `HEAP` MB (256) survives.
 * `node stall.ts [words of the names of the requests to send]`
 */
import { Pool } from 'undici';
import { gateway, script, usage } from './children.ts';
import { TOKEN } from './load.ts';
import { print, report } from './report.ts';
import type { Rounds } from './stall-probe.ts';

const times = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index)).join(' ');
const id = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => id(from + index));
const references = (count: number) => ids(count).map((one) => ({ __typename: 'MigrationTask', id: one }));
const JOINS = 'consistencyResults { finishedTime } speedLimits { start }';
const FIELDS =
  'taskId taskName sourceServerId sourceServerName finishedTime checkResult dirCheck numTotalFiles numDifferentFiles verdict';

const after = (page: number) => Buffer.from(`offset:${page * 200}`).toString('base64url');

/** MB. */
const heap = Number(process.env['HEAP'] ?? 256);

interface Attack {
  env?: Record<string, string>;
  body: object;
  headers?: Record<string, string>;
  /** Milliseconds after which the client leaves. */
  leaves?: number;
}

const attacks: Record<string, Attack> = {
  'references, no token': {
    body: {
      query: `query($r: [_Any!]!) { ${times(20, (n) => `a${n}: _entities(representations: $r) { ... on MigrationTask { id name state } }`)} }`,
      variables: { r: references(2_000) },
    },
    headers: {},
  },
  'references with a token': {
    body: {
      query: `query($r: [_Any!]!) { ${times(20, (n) => `a${n}: _entities(representations: $r) { ... on MigrationTask { id name state } }`)} }`,
      variables: { r: references(2_000) },
    },
  },
  'joins, 20 pages': {
    body: {
      query: `{ ${times(20, (n) => `a${n}: migrationTasks(first: 200, after: "${after(n)}") { nodes { connected ${JOINS} a: configurationSetting(configKey: MIGRATE_EXCLUDE_DIR) { configurations { configKey } } } }`)} }`,
    },
  },
  'joins, 10 pages': {
    body: {
      query: `{ ${times(10, (n) => `a${n}: migrationTasks(first: 200, after: "${after(n)}") { nodes { consistencyResults { finishedTime } } }`)} }`,
    },
  },
  'joins, 401': {
    env: { MODE: '401' },
    body: {
      query: `{ ${times(20, (n) => `a${n}: migrationTasks(first: 200, after: "${after(n)}") { nodes { ${JOINS} } }`)} }`,
    },
  },
  'joins, 429': {
    env: { MODE: '429' },
    body: {
      query: `{ ${times(20, (n) => `a${n}: migrationTasks(first: 200, after: "${after(n)}") { nodes { ${JOINS} } }`)} }`,
    },
  },
  'joins, 1,000 with 429': {
    env: { MODE: '429' },
    body: {
      query: `{ ${times(5, (n) => `a${n}: migrationTasks(first: 200, after: "${after(n)}") { nodes { consistencyResults { finishedTime } } }`)} }`,
    },
  },
  'wide read, client leaves': {
    env: { LATENCY: '200' },
    body: {
      query: `{ ${times(20, (n) => `a${n}: migrationTasks(first: 200, after: "${after(n)}") { nodes { ${JOINS} } }`)} }`,
    },
    leaves: 700,
  },
  'wide read, 500 ms': {
    env: { LATENCY: '200' },
    body: {
      query: `{ ${times(20, (n) => `a${n}: migrationTasks(first: 200, after: "${after(n)}") { nodes { ${JOINS} } }`)} }`,
    },
    headers: { 'x-auth-token': TOKEN, 'x-request-timeout': '500' },
  },
  '2,400 joins, 500 ms': {
    env: { LATENCY: '100' },
    body: {
      query: `{ ${times(12, (n) => `a${n}: migrationTasks(first: 200, after: "${after(n)}") { nodes { id consistencyResults { finishedTime } } }`)} }`,
    },
    headers: { 'x-auth-token': TOKEN, 'x-request-timeout': '500' },
  },
  '2,400 joins, client leaves': {
    env: { LATENCY: '100' },
    body: {
      query: `{ ${times(12, (n) => `a${n}: migrationTasks(first: 200, after: "${after(n)}") { nodes { id consistencyResults { finishedTime } } }`)} }`,
    },
    leaves: 500,
  },
  'report of 2,000, totals x 20': {
    env: { ROWS: '100' },
    body: {
      query: `query($t: [ID!]!) { ${times(20, (n) => `a${n}: consistencyReport(taskIds: $t) { totals { tasks directories } }`)} }`,
      variables: { t: ids(2_000) },
    },
  },
  'report of 2,000, text': {
    env: { ROWS: '50' },
    body: {
      query: 'query($t: [ID!]!) { consistencyReport(taskIds: $t) { text totals { directories } } }',
      variables: { t: ids(2_000) },
    },
  },
  'report of 2,000, rows': {
    env: { ROWS: '50' },
    body: {
      query: `query($t: [ID!]!) { consistencyReport(taskIds: $t, format: JSON) { rows { ${FIELDS} } } }`,
      variables: { t: ids(2_000) },
    },
  },
  'report of 2,000, rows x 20': {
    env: { ROWS: '50' },
    body: {
      query: `query($t: [ID!]!) { ${times(20, (n) => `a${n}: consistencyReport(taskIds: $t, format: JSON) { text rows { ${FIELDS} } }`)} }`,
      variables: { t: ids(2_000) },
    },
  },
  'a long answer with a long number': {
    env: { LONG_ITEMS: '55000' },
    body: { query: '{ migrationTasks(filter: { name: "long" }, first: 1) { nodes { id } totalCount } }' },
  },
  'export of 10,000': {
    env: { FILE: '500000' },
    body: {
      query:
        'mutation($t: [ConsistencyTaskInput!]!) { exportConsistencyResults(input: { taskInfo: $t }) { __typename ... on ExportConsistencyResultsSuccess { files { size base64 text } tasks { taskId sourceId } } ... on ExportConsistencyResultsPartial { files { size } failedTasks { error { message } } } ... on SmsError { code } } }',
      variables: { t: ids(10_000).map((one) => ({ taskId: one, sourceId: one, sourceName: 'web-prod-01' })) },
    },
  },
  'a file of 15 MB, three forms': {
    env: { FILE: '15000000' },
    body: {
      query:
        'mutation($t: [ConsistencyTaskInput!]!) { exportConsistencyResults(input: { taskInfo: $t }) { __typename ... on ExportConsistencyResultsSuccess { files { size base64 text } } ... on SmsError { code } } }',
      variables: { t: [{ taskId: id(1) }] },
    },
  },
  'exports of 15 MB x 20': {
    env: { FILE: '15000000' },
    body: {
      query: `mutation($t: [ConsistencyTaskInput!]!) { ${times(20, (n) => `a${n}: exportConsistencyResults(input: { taskInfo: $t }) { __typename ... on ExportConsistencyResultsSuccess { files { size base64 text } } ... on SmsError { code } }`)} }`,
      variables: { t: [{ taskId: id(1) }] },
    },
  },
};

const words = process.argv.slice(2);
const results: Record<string, Record<string, string | number>> = {};
for (const [name, attack] of Object.entries(attacks)) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  results[name] = await run(attack);
  print(`${name}: ${JSON.stringify(results[name])}`);
}
report(`One request to a process of ${heap} MB`, results);

async function run({ env, body, headers = { 'x-auth-token': TOKEN }, leaves }: Attack) {
  const sms = await script('wide-upstream.ts', env);
  let reported = '';
  const NODE_OPTIONS = `--max-old-space-size=${heap} --import=${new URL('./stall-probe.ts', import.meta.url).href}`;
  const own = await gateway(sms.url, { LOG_LEVEL: 'silent', NODE_OPTIONS }, (text) => {
    reported = text;
  });
  const pool = new Pool(own.url, { connections: 1 });
  const probe = new Pool(own.url, { connections: 1, headersTimeout: 60_000 });
  for (let warm = 0; warm < 20; warm += 1) await (await probe.request({ method: 'GET', path: '/health' })).body.dump();
  let worst = 0;
  let most = 0;
  let over = false;
  const probing = (async () => {
    while (!over) {
      const begin = performance.now();
      try {
        await (await probe.request({ method: 'GET', path: '/health' })).body.dump();
      } catch {
        return;
      }
      worst = Math.max(worst, performance.now() - begin);
      most = Math.max(most, usage(own.pid).memory);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  })();
  process.kill(own.pid, 'SIGUSR2');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const text = JSON.stringify(body);
  const begin = performance.now();
  let outcome: Record<string, string | number>;
  try {
    const signal = leaves === undefined ? undefined : AbortSignal.timeout(leaves);
    const answer = await pool.request({
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', ...headers },
      body: text,
      headersTimeout: 120_000,
      bodyTimeout: 120_000,
      ...(signal && { signal }),
    });
    const said = await answer.body.text();
    const { data, errors = [] } = JSON.parse(said);
    outcome = {
      status: answer.statusCode,
      'answer KB': Math.round(said.length / 1000),
      errors: errors.length,
      code: errors[0]?.extensions?.code ?? '',
      data: data ? 'yes' : 'no',
    };
  } catch (error) {
    outcome = { status: (error as Error).name };
  }
  const milliseconds = performance.now() - begin;
  // What goes on behind a client that has left.
  await new Promise((resolve) => setTimeout(resolve, leaves === undefined ? 300 : 3_000));
  over = true;
  await probing;
  const calls = Number(await (await fetch(`${sms.url}/calls`)).text());
  try {
    process.kill(own.pid, 'SIGUSR2');
    await new Promise((resolve) => setTimeout(resolve, 200));
  } catch {
    reported = '';
  }
  const rounds: Partial<Rounds> = JSON.parse(/(?<=longest round: ).*/.exec(reported)?.[0] ?? '{}');
  let alive = true;
  try {
    process.kill(own.pid, 0);
  } catch {
    alive = false;
  }
  await pool.destroy();
  await probe.destroy();
  if (alive) await own.stop();
  await sms.stop();
  return {
    'request B': text.length,
    ...outcome,
    ms: Math.round(milliseconds),
    'health ms': Math.round(worst),
    'round ms': rounds.whole ?? '',
    'without gc ms': rounds.own ?? '',
    calls,
    'RSS MB': Math.round(most),
    survives: alive ? 'yes' : 'NO',
  };
}
