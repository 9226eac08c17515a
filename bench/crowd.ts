/**
 * Many heavy requests at once, of one caller or of as many callers, to a process of `HEAP` MB (256): whether it survives, whether
 * `/health` is answered, and what the requests get. `CALLERS=one` sends all with one token. `COUNT` requests are sent instead of
 * the number of each crowd.
 * `node crowd.ts [words of the names of the crowds to send]`
 */
import { Pool } from 'undici';
import { gateway, script, usage } from './children.ts';
import { probeHealth } from './health-probe.ts';
import { print, report } from './report.ts';
import type { Rounds } from './stall-probe.ts';

/** MB. */
const heap = Number(process.env['HEAP'] ?? 256);
const ownCount = process.env['COUNT'];
const isOneCaller = process.env['CALLERS'] === 'one';

const times = (count: number, of: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => of(index)).join(' ');
const id = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const ids = (count: number) => Array.from({ length: count }, (_, index) => id(index));
const after = (page: number) => Buffer.from(`offset:${page * 200}`).toString('base64url');
const ROW =
  'taskId taskName sourceServerId sourceServerName finishedTime checkResult dirCheck numTotalFiles numDifferentFiles verdict';

/** Loaded into the gateway. */
const PROBE = process.env['PROBE'] ?? new URL('./stall-probe.ts', import.meta.url).href;

interface Crowd {
  /** Of the stand-in for SMS. */
  env?: Record<string, string>;
  count: number;
  body: { query: string; variables?: object };
  isStream?: boolean;
}

const exportOf = (selection: string, tasks = 1) => ({
  query: `mutation($t: [ConsistencyTaskInput!]!) { exportConsistencyResults(input: { taskInfo: $t }) { __typename ... on ExportConsistencyResultsSuccess { files { size ${selection} } } ... on SmsError { code } } }`,
  variables: { t: ids(tasks).map((taskId) => ({ taskId })) },
});
const reportOn = (tasks: number, selection: string, names = 1) => ({
  query: `query($t: [ID!]!) { ${times(names, (n) => `a${n}: consistencyReport(taskIds: $t) { ${selection} }`)} }`,
  variables: { t: ids(tasks) },
});
const pages = (count: number, selection: string) => ({
  query: `{ ${times(count, (n) => `a${n}: migrationTasks(first: 200, after: "${after(n)}") { ${selection} }`)} }`,
});
const JSON_ROW = '{"taskId":"00000000-0000-4000-8000-000000000001","dirCheck":"/srv/www","numTotalFiles":128450}';
/** Each takes many times its length in memory. */
const STRUCTURE = '[[[{}]]]';

const crowds: Record<string, Crowd> = {
  'json of 8 MB': { count: 10, env: { FILE: '8000000', FILE_ITEM: JSON_ROW }, body: exportOf('json') },
  'json of 15 MB': { count: 10, env: { FILE: '15000000', FILE_ITEM: JSON_ROW }, body: exportOf('json') },
  'json of nothing but structure': {
    count: 10,
    env: { FILE: '4000000', FILE_ITEM: STRUCTURE },
    body: exportOf('json'),
  },
  'json, base64 and text': {
    count: 10,
    env: { FILE: '4000000', FILE_ITEM: JSON_ROW },
    body: exportOf('json base64 text'),
  },
  'text of 15 MB': { count: 10, env: { FILE: '15000000' }, body: exportOf('text') },
  'text of 3 MB': { count: 64, env: { FILE: '3000000' }, body: exportOf('text') },
  'base64 of 15 MB': { count: 10, env: { FILE: '15000000' }, body: exportOf('base64') },
  'base64 of 50 files': { count: 16, env: { FILE: '500000' }, body: exportOf('base64 text', 10_000) },
  'json of 1 MB': { count: 64, env: { FILE: '1000000', FILE_ITEM: JSON_ROW }, body: exportOf('json') },
  'json of small structures': { count: 256, env: { FILE: '200000', FILE_ITEM: STRUCTURE }, body: exportOf('json') },
  'export without files': { count: 32, env: { FILE: '15000000' }, body: exportOf('') },
  'reports, totals x 20': { count: 4, env: { ROWS: '100' }, body: reportOn(2_000, 'totals { tasks directories }', 20) },
  'reports, text and rows x 20': { count: 4, env: { ROWS: '50' }, body: reportOn(2_000, `text rows { ${ROW} }`, 20) },
  'reports, servers': {
    count: 16,
    env: { ROWS: '50' },
    body: reportOn(
      2_000,
      'servers { sourceServer { id name state } verdict } tasks { migrationTask { id name } verdict }',
    ),
  },
  'reports of 200, rows': { count: 32, env: { ROWS: '100' }, body: reportOn(200, `rows { ${ROW} }`) },
  'joins, 10 pages': { count: 64, body: pages(10, 'nodes { id consistencyResults { finishedTime } }') },
  'edges, 20 pages': {
    count: 64,
    body: pages(20, 'edges { cursor node { id name state osType priority speedLimit sourceServer { id name } } }'),
  },
  'checks of 10,000 directories': {
    count: 32,
    env: { ROWS: '10000' },
    body: {
      query: `{ ${times(20, (n) => `a${n}: consistencyResults(taskId: "${id(n)}") { finishedTime consistencyResult { dirCheck numTotalFiles numDifferentFiles verdict } }`)} }`,
    },
  },
  entities: {
    count: 64,
    body: {
      query:
        'query($r: [_Any!]!) { _entities(representations: $r) { ... on MigrationTask { id name state latestConsistencyCheck { verdict directories { dirCheck verdict } } } } }',
      variables: { r: ids(1_000).map((one) => ({ __typename: 'MigrationTask', id: one })) },
    },
  },
  waves: {
    count: 32,
    env: { ROWS: '50' },
    body: {
      query:
        '{ migrationProjects(first: 1) { nodes { id consistency(maxServers: 500) { verdict failedTasks { taskId } } progress { percent } cutoverGate(maxServers: 500) { ready servers { sourceServer { id name } verdict } } } } }',
    },
  },
  'wave reports': {
    count: 32,
    env: { ROWS: '100' },
    body: {
      query: `{ consistencyReport(migrationProject: "${id(1)}") { text rows { ${ROW} } } }`,
    },
  },
  'a long list': {
    count: 32,
    env: { LONG_ITEMS: '50000' },
    body: { query: '{ migrationTasks(filter: { name: "long" }, first: 1) { nodes { id } totalCount } }' },
  },
  'bodies of 3.8 MB': {
    count: 64,
    body: {
      ...exportOf(''),
      variables: { t: ids(10_000).map((taskId) => ({ taskId, sourceId: taskId, sourceName: 'x'.repeat(255) })) },
    },
  },
  'documents of 9,000 tokens': {
    count: 128,
    body: { query: `{ ${times(20, (n) => `a${n}: migrationTask(id: "${id(n)}") { ${'name '.repeat(400)} }`)} }` },
  },
  'export streams': {
    count: 32,
    env: { FILE: '500000' },
    isStream: true,
    body: {
      query:
        'subscription($t: [ConsistencyTaskInput!]!) { exportConsistencyResults(input: { taskInfo: $t }) { __typename ... on ExportConsistencyResultsUpdate { files { size base64 text } ended } ... on SmsError { code } } }',
      variables: { t: ids(10_000).map((taskId) => ({ taskId })) },
    },
  },
};

const words = process.argv.slice(2);
const results: Record<string, Record<string, string | number>> = {};
for (const [name, crowd] of Object.entries(crowds)) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  const count = Number(ownCount ?? crowd.count);
  const title = `${count} x ${name}`;
  results[title] = await run({ ...crowd, count });
  print(`${title}: ${JSON.stringify(results[title])}`);
}
report(
  `Requests at once to a process of ${heap} MB, ${isOneCaller ? 'of one caller' : 'each of a caller of its own'}`,
  results,
);

async function run({ env, body, isStream = false, count }: Crowd) {
  const sms = await script('wide-upstream.ts', env);
  let log = '';
  const NODE_OPTIONS = `--max-old-space-size=${heap} --import=${PROBE}`;
  const own = await gateway(sms.url, { LOG_LEVEL: 'fatal', NODE_OPTIONS }, (text) => {
    log += text;
  });
  const pool = new Pool(own.url, { connections: count });
  const probed = await probeHealth(own);
  process.kill(own.pid, 'SIGUSR2');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const text = JSON.stringify(body);
  const cpu = usage(own.pid).cpu;
  const begin = performance.now();
  const send = async (index: number): Promise<string> => {
    try {
      const response = await pool.request({
        method: 'POST',
        path: '/graphql',
        headers: {
          'content-type': 'application/json',
          accept: isStream ? 'text/event-stream' : 'application/json',
          'x-auth-token': `MII${isOneCaller ? 0 : index}`.padEnd(1_500, 'x'),
        },
        body: text,
        headersTimeout: 120_000,
        bodyTimeout: 120_000,
      });
      const [code] = /(?<="code":")[A-Z_]+/.exec(await response.body.text()) ?? [];
      return code ?? String(response.statusCode);
    } catch (error) {
      return (error as Error).name;
    }
  };
  const outcomes = await Promise.all(Array.from({ length: count }, (_, index) => send(index)));
  const milliseconds = performance.now() - begin;
  const { survives, longest, memory } = await probed();
  let rounds: Partial<Rounds> = {};
  let used = 0;
  if (survives) {
    used = usage(own.pid).cpu - cpu;
    log = '';
    process.kill(own.pid, 'SIGUSR2');
    await new Promise((resolve) => setTimeout(resolve, 500));
    rounds = JSON.parse(/(?<=longest round: ).*/.exec(log)?.[0] ?? '{}');
  }
  await pool.destroy();
  if (survives) await own.stop();
  await sms.stop();
  const counts = Object.entries(Object.groupBy(outcomes, (outcome) => outcome));
  if (!survives) print(log.slice(0, 500));
  return {
    outcomes: counts.map(([outcome, of]) => `${of?.length} ${outcome}`).join(', '),
    ms: Math.round(milliseconds),
    'cpu ms': used,
    'health ms': Math.round(longest),
    'round ms': rounds.whole ?? '',
    'without gc ms': rounds.own ?? '',
    'gc pause ms': rounds.pause ?? '',
    'RSS MB': Math.round(memory),
    survives: survives ? 'yes' : 'NO',
  };
}
