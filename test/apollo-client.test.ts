/** The cache of an unmodified Apollo Client, over the network: it must keep what SMS sent. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { build } from 'rolldown';
import { expect, it, onTestFinished } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { frozenGateway, TEMPLATE, UNUSED_TEMPLATE } from './support/ask.ts';
import { type Gateway, listen, WEB_SERVER, WEB_TASK } from './support/harness.ts';

const ROOT = new URL('..', import.meta.url).pathname;
const { possibleTypes } = JSON.parse(readFileSync(join(ROOT, 'schema/possible-types.json'), 'utf8')) as {
  possibleTypes: Record<string, string[]>;
};

const [ON_SMS_ERROR] = gql`fragment Error on SmsError { code }`.definitions;

async function apolloClient(gateway: Gateway) {
  const uri = `${await listen(gateway)}/graphql`;
  return new ApolloClient({
    link: new HttpLink({ uri, headers: { 'x-auth-token': DEMO_TOKEN } }),
    cache: new InMemoryCache({ possibleTypes }),
  });
}

it('the cache keeps VPCs, subnets and disks of two templates apart, though their ids are the same', async () => {
  const gateway = await frozenGateway();
  const { templates } = gateway.emulator.state;
  for (const id of templates.keys()) if (id !== TEMPLATE && id !== UNUSED_TEMPLATE) templates.delete(id);
  for (const [id, name] of [
    [TEMPLATE, 'first'],
    [UNUSED_TEMPLATE, 'second'],
  ] as const) {
    const template = templates.get(id);
    if (!template) throw new Error('There is no such template.');
    templates.set(id, {
      ...template,
      vpc: { id: 'autoCreate', name },
      nics: [{ id: 'autoCreate', name, cidr: '192.168.0.0/16', ip: '' }],
      security_groups: [{ id: 'autoCreate', name }],
      disk: [{ id: 1, index: 0, name, disktype: 'SSD', size: 40, device_use: 'OS' }],
    });
  }
  const client = await apolloClient(gateway);
  const query = gql`
    query Templates {
      serverTemplates {
        nodes {
          id
          vpc { vpcId name }
          nics { subnetId name }
          securityGroups { securityGroupId name }
          disk { diskId name }
        }
      }
    }
  `;
  await client.query({ query });
  const shown = (id: string, name: string) => ({
    id,
    vpc: { vpcId: 'autoCreate', name },
    nics: [{ subnetId: 'autoCreate', name }],
    securityGroups: [{ securityGroupId: 'autoCreate', name }],
    disk: [{ diskId: 1, name }],
  });
  expect(withoutTypes(client.readQuery({ query }))).toEqual({
    serverTemplates: { nodes: [shown(TEMPLATE, 'first'), shown(UNUSED_TEMPLATE, 'second')] },
  });
});

it('the cache keeps checks of two servers apart, though their numbers are the same', async () => {
  const gateway = await frozenGateway();
  const [first, second] = [...gateway.emulator.state.servers.values()];
  if (!first || !second) throw new Error('There are no two servers.');
  first.checks = [{ id: 5201, params: [''], name: 'OS_VERSION', result: 'OK', error_code: null, error_params: '' }];
  second.checks = [{ ...first.checks[0], result: 'ERROR' } as (typeof second.checks)[number]];
  const client = await apolloClient(gateway);
  const query = gql`
    query Checks { sourceServers(first: 2) { nodes { id checks { checkId result } } } }
  `;
  await client.query({ query });
  expect(withoutTypes(client.readQuery({ query }))).toEqual({
    sourceServers: {
      nodes: [
        { id: first.id, checks: [{ checkId: 5201, result: 'OK' }] },
        { id: second.id, checks: [{ checkId: 5201, result: 'ERROR' }] },
      ],
    },
  });
});

it('the cache loses no field of a task if another query reads the task by another path', async () => {
  const client = await apolloClient(await frozenGateway());
  const query = gql`
    query Task($id: ID!) {
      migrationTask(id: $id) { id state subTasks { subTaskId userOp } sourceServer { id state memory } }
    }
  `;
  const variables = { id: WEB_TASK };
  const { data } = await client.query({ query, variables });
  await client.query({
    query: gql`
      query Others {
        migrationTasks { nodes { id state subTasks { subTaskId userOp } sourceServer { id state memory } } }
        sourceServer(id: "${WEB_SERVER}") { id state memory currentTask { id state subTasks { subTaskId userOp } } }
      }
    `,
  });
  expect(client.readQuery({ query, variables })).toEqual(data);
});

it('the cache matches a fragment on SmsError with the generated possible types', async () => {
  const gateway = await frozenGateway();
  const path = `/v3/tasks/${WEB_TASK}/consistency-result`;
  const body = { error_code: 'SMS.9004', error_msg: 'Not allowed.' };
  gateway.emulator.fault({ kind: 'status', status: 403, body, path, times: Infinity });
  const client = await apolloClient(gateway);
  const query = gql`
    query Report {
      consistencyReport(taskIds: ["${WEB_TASK}"]) { failedTasks { taskId error { ...WhatHappened } } }
    }
    fragment WhatHappened on SmsError { message code requestId }
  `;
  await client.query({ query });
  const error = {
    __typename: 'SmsForbiddenError',
    message: expect.any(String),
    code: 'SMS.9004',
    requestId: expect.any(String),
  };
  expect(client.readQuery({ query })).toMatchObject({
    consistencyReport: { failedTasks: [{ taskId: WEB_TASK, error }] },
  });
});

it('the cache of docs/schema.md, bundled as in a front end, knows which types a fragment on SmsError matches', async () => {
  const folder = mkdtempSync(join(ROOT, 'node_modules/.cache-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [, source = ''] =
    /```ts\n(import \{ InMemoryCache.*?)```/s.exec(readFileSync(join(ROOT, 'docs/schema.md'), 'utf8')) ?? [];
  writeFileSync(join(folder, 'cache.ts'), source);
  copyFileSync(join(ROOT, 'schema/possible-types.json'), join(folder, 'possible-types.json'));
  const bundle = join(folder, 'bundle.mjs');
  await build({ input: join(folder, 'cache.ts'), platform: 'node', output: { file: bundle } });
  const { cache } = await import(/* @vite-ignore */ bundle);
  const matches = (type: string) => cache.policies.fragmentMatches({ ...ON_SMS_ERROR }, type, {}, {});
  expect([matches('SmsForbiddenError'), matches('MigrationTask')]).toEqual([true, false]);
});

/** Apollo Client adds `__typename` everywhere. */
function withoutTypes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, inner) => (name === '__typename' ? undefined : inner)));
}
