/** The example of a supergraph, started with its own command: Apollo Gateway and Hive Gateway in front of two subgraphs. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSupergraphToPublicSchema } from '@theguild/federation-composition';
import { parse, print } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { FORWARDED_HEADERS } from '../examples/supergraph/forwarded-headers.ts';
import { type Emulator, startEmulator } from '../src/emulator/server.ts';
import { DEMO_TOKEN, READ_ONLY_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { BILLING_TASK, callCounts, INTRANET_TASK, LEGACY_TASK, NOW } from './support/ask.ts';
import { WEB_SERVER, WEB_TASK } from './support/harness.ts';
import { subscribe } from './support/sse.ts';

const EXAMPLE = new URL('../examples/supergraph', import.meta.url).pathname;
// .ci/run fails if a test did not run, and installs the packages.
const isInstalled = existsSync(`${EXAMPLE}/node_modules`);
const FREE_PORTS = { PORT: '0', INVENTORY_PORT: '0', APOLLO_PORT: '0', HIVE_PORT: '0' };
const PATHS = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };

interface Supergraph {
  emulator: Emulator;
  /** Without the path of GraphQL. */
  apollo: string;
  hive: string;
  /** The log of the gateway to SMS, so far. */
  log(): Record<string, unknown>[];
  stop(): Promise<void>;
}

/** `npm start` of the example, with an emulator whose clock only moves when a test advances it. */
async function startSupergraph(): Promise<Supergraph> {
  const emulator = await startEmulator({ now: () => NOW });
  const npm = spawn('npm', ['--prefix', EXAMPLE, 'start', '--silent'], {
    env: { ...PATHS, ...FREE_PORTS, SMS_ENDPOINT: emulator.url, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const ended = once(npm, 'close');
  let text = '';
  npm.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  let log = '';
  npm.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  while (!text.includes('Try it:'))
    await Promise.race([
      once(npm.stdout, 'data'),
      ended.then(() => Promise.reject(new Error(`The supergraph did not start: ${text}${log}`))),
    ]);
  const urlOf = (name: string) => new RegExp(`^${name}: +(http\\S+)/graphql$`, 'm').exec(text)?.[1] ?? '';
  return {
    emulator,
    apollo: urlOf('Apollo Gateway'),
    hive: urlOf('Hive Gateway'),
    log: () => log.split('\n').flatMap((line) => (/^\{.*\}$/.test(line) ? [JSON.parse(line)] : [])),
    async stop() {
      process.kill(-(npm.pid ?? 0), 'SIGTERM');
      await ended;
      await emulator.close();
    },
  };
}

async function post(url: string, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': DEMO_TOKEN, ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data: unknown; errors?: { extensions: Record<string, unknown> }[] };
}

describe.skipIf(!isInstalled)('the example of a supergraph', () => {
  let supergraph: Supergraph;
  beforeAll(async () => {
    supergraph = await startSupergraph();
  }, 180_000);
  afterAll(() => supergraph.stop());
  beforeEach(() => {
    supergraph.emulator.requests.length = 0;
  });

  describe.each([
    ['Apollo Gateway', 'apollo'],
    ['Hive Gateway', 'hive'],
  ] as const)('behind %s', (_, name) => {
    const ask = (query: string, headers?: Record<string, string>) => post(supergraph[name], query, headers);

    test('reads the servers of all owners from SMS in one batch, and computes a price from their fields', async () => {
      const { data } = await ask('{ owners { name servers { name cpuQuantity memory monthlyPrice } } }');
      const priced = (one: { cpuQuantity: number; memory: number }) => one.cpuQuantity * 12 + (one.memory / 1024) * 3;
      const { owners } = data as {
        owners: {
          name: string;
          servers: { name: string; cpuQuantity: number; memory: number; monthlyPrice: number }[];
        }[];
      };
      expect(owners.map((owner) => [owner.name, owner.servers.map((server) => server.name)])).toEqual([
        ['Online shop', ['web-prod-01', 'shop-web', 'crm-app']],
        ['Finance', ['billing-win', 'legacy-db']],
        ['Workplace services', ['wiki-01', 'mail-store', 'intranet-app']],
      ]);
      const servers = owners.flatMap((owner) => owner.servers);
      expect(servers.map(({ monthlyPrice }) => monthlyPrice)).toEqual(servers.map(priced));
      expect(callCounts(supergraph.emulator)).toEqual({ 'GET /v3/sources': 1 });
    });

    test('adds the owner and the wave to the servers and tasks of SMS', async () => {
      const { data } = await ask(`{
        migrationTask(id: "${BILLING_TASK}") {
          name state ownerNotice
          sourceServer { name owner { name email } wave { name cutoverAt } }
        }
      }`);
      expect(data).toEqual({
        migrationTask: {
          name: 'move-billing-win',
          state: 'RUNNING',
          ownerNotice: 'Finance: your migration task is RUNNING.',
          sourceServer: {
            name: 'billing-win',
            owner: { name: 'Finance', email: 'finance@example.com' },
            wave: { name: 'Back ends', cutoverAt: '2026-12-12T20:00:00Z' },
          },
        },
      });
    });

    test('returns each member of a union of a mutation, matched by its type and by the interface SmsError', async () => {
      const mutation = `mutation {
        updateServer(input: { id: "${WEB_SERVER}", name: "web-prod-01" }) {
          __typename
          ... on UpdateServerSuccess { sourceServer { id name owner { name } } }
          ... on SmsError { code }
        }
      }`;
      expect(await ask(mutation)).toEqual({
        data: {
          updateServer: {
            __typename: 'UpdateServerSuccess',
            sourceServer: { id: WEB_SERVER, name: 'web-prod-01', owner: { name: 'Online shop' } },
          },
        },
      });
      expect(await ask(mutation, { 'x-auth-token': READ_ONLY_TOKEN })).toEqual({
        data: { updateServer: { __typename: 'SmsForbiddenError', code: 'SMS.9004' } },
      });
    });

    test('sends the token and the language of the caller to both subgraphs, and to SMS', async () => {
      const headers = { 'x-auth-token': READ_ONLY_TOKEN, 'x-language': 'zh-cn' };
      const task = `{ migrationTask(id: "${LEGACY_TASK}") { ownerNotice error { message } } }`;
      expect((await ask(task, headers)).data).toEqual({
        migrationTask: {
          ownerNotice: 'Finance：您的迁移任务状态为 MIGRATE_FAIL。',
          error: { message: expect.stringContaining('无法通过 SSH 连接目的端') },
        },
      });
      const input = `{ taskInfo: [{ taskId: "${WEB_TASK}" }] }`;
      await ask(`mutation { exportConsistencyResults(input: ${input}) { __typename } }`, headers);
      expect(supergraph.emulator.requests.map((request) => request.headers['x-auth-token'])).toEqual(
        supergraph.emulator.requests.map(() => READ_ONLY_TOKEN),
      );
      expect(supergraph.emulator.requests.at(-1)?.headers).toMatchObject(headers);
    });

    test('reports an invalid token with the code of SMS, beside what the inventory returned', async () => {
      const { data, errors } = await ask('{ owner(id: "shop") { name servers { name monthlyPrice } } }', {
        'x-auth-token': 'not-a-token',
      });
      const unread = { name: null, monthlyPrice: null };
      expect(data).toEqual({ owner: { name: 'Online shop', servers: [unread, unread, unread] } });
      expect(new Set(errors?.map(({ extensions }) => extensions['code']))).toEqual(new Set(['APIGW.0301']));
    });

    test('rejects a request without a token in the inventory too', async () => {
      const { data, errors } = await ask('{ owners { name } }', { 'x-auth-token': '' });
      expect([data, errors?.map(({ extensions }) => extensions['code'])]).toEqual([null, ['TOKEN_MISSING']]);
    });
  });

  test('Hive Gateway rejects an operation that may cost too many calls, by the costs in the schema', async () => {
    const { emulator, hive } = supergraph;
    const { errors } = await post(
      hive,
      '{ migrationTasks(first: 200) { nodes { sourceServer { disks { name } networks { ip } } } } }',
    );
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['COST_ESTIMATED_TOO_EXPENSIVE']);
    expect(emulator.requests).toEqual([]);
  });

  test('Hive Gateway adds fields of the inventory to each event of a subscription, up to the end', async () => {
    const { emulator, hive } = supergraph;
    await post(
      hive,
      `mutation { updateTaskStatus(input: { id: "${INTRANET_TASK}", operation: START }) { __typename } }`,
    );
    const stream = await subscribe(
      hive,
      `subscription {
        migrationTask(id: "${INTRANET_TASK}", interval: 1) {
          __typename
          ... on MigrationTaskUpdate { ended migrationTask { state ownerNotice sourceServer { name wave { name } } } }
          ... on SmsError { code }
        }
      }`,
    );
    const event = (state: string, ended: boolean) => ({
      data: {
        migrationTask: {
          __typename: 'MigrationTaskUpdate',
          ended,
          migrationTask: {
            state,
            ownerNotice: `Workplace services: your migration task is ${state}.`,
            sourceServer: { name: 'intranet-app', wave: { name: 'Back ends' } },
          },
        },
      },
    });
    expect(await stream.next()).toEqual(event('RUNNING', false));
    emulator.state.advance(60_000);
    expect(await stream.remaining()).toEqual([event('MIGRATE_SUCCESS', true)]);
  });

  test('a client of Hive Gateway that leaves ends its subscription at the gateway to SMS', async () => {
    const { hive, log } = supergraph;
    const query = `subscription { migrationTask(id: "${BILLING_TASK}", interval: 1) { __typename } }`;
    const stream = await subscribe(hive, query);
    await stream.next();
    stream.disconnect();
    const ended = { msg: 'request', type: 'subscription', fields: ['migrationTask'], left: true };
    await expect.poll(() => log().at(-1), { timeout: 20_000 }).toMatchObject(ended);
  });
});

test.skipIf(!isInstalled)(
  'the supergraph has all parts, and its contract leaves out those with an internal tag',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'supergraph-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    execFileSync('npm', ['--prefix', EXAMPLE, 'run', '--silent', 'compose', '--', folder], {
      env: { ...PATHS, ...FREE_PORTS, SMS_EXPOSE: 'agent,secrets', LOG_LEVEL: 'error' },
    });
    const publicSchema = (file: string) =>
      print(transformSupergraphToPublicSchema(parse(readFileSync(join(folder, file), 'utf8'))));
    const partsIn = (sdl: string) =>
      ['exportConsistencyResults(', 'ownerNotice:', 'email:', 'registerServer('].filter((part) => sdl.includes(part));
    expect(partsIn(publicSchema('supergraph.graphql'))).toHaveLength(4);
    expect(partsIn(publicSchema('contract.graphql'))).toEqual(['exportConsistencyResults(', 'ownerNotice:']);
  },
);

test('the configurations of the routers forward the same headers as the gateways of the example', () => {
  const configOf = (file: string) => parseYaml(readFileSync(`${EXAMPLE}/${file}`, 'utf8'));
  const names = FORWARDED_HEADERS.toSorted();
  const { headers: apollo } = configOf('apollo-router.yaml') as {
    headers: { all: { request: { propagate: { named: string } }[] } };
  };
  expect(apollo.all.request.map(({ propagate }) => propagate.named).toSorted()).toEqual(names);
  const { headers: cosmo } = configOf('cosmo-router.yaml') as {
    headers: { all: { request: { op: string; named: string }[] } };
  };
  expect(cosmo.all.request.map(({ op, named }) => `${op} ${named.toLowerCase()}`).toSorted()).toEqual(
    names.map((name) => `propagate ${name}`),
  );
  const { subgraphs } = configOf('cosmo-graph.yaml') as { subgraphs: { name: string; subscription?: object }[] };
  expect(subgraphs).toMatchObject([{ name: 'sms', subscription: { protocol: 'sse_post' } }, { name: 'inventory' }]);
});

test('docs/supergraph.md quotes the schema of the inventory as it is', () => {
  const guide = readFileSync(new URL('../docs/supergraph.md', import.meta.url), 'utf8');
  const quotes = [...guide.matchAll(/```graphql\n(.*?)```/gs)].map(([, sdl]) => sdl);
  expect(quotes).toHaveLength(1);
  for (const quote of quotes) expect(readFileSync(`${EXAMPLE}/inventory.graphql`, 'utf8')).toContain(quote);
});
