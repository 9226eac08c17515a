/** The tests that every mutation shares. What each mutation changes is tested in the file of its part. */
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../src/emulator/server.ts';
import { NO_RIGHTS_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { buildSchema } from '../src/graphql/schema.ts';
import { agentMutations } from './support/agent-mutations.ts';
import { ask, BILLING_SERVER, callsTo, DEMO_DATA, EMPTY_PROJECT, frozenGateway, WAVE_2 } from './support/ask.ts';
import type { Gateway } from './support/harness.ts';
import { type MutationCase, mutations } from './support/mutations.ts';

const all = [...mutations, ...agentMutations];

describe.each(all)('$name', ({ name, input, call, body, action, resource = 'server', reads }) => {
  it('makes one call with the names of SMS and reads nothing that is not selected', async () => {
    const gateway = await start();
    expect(await run(gateway, name, input)).toEqual({ __typename: success(name) });
    expect(gateway.emulator.requests.map((request) => `${request.method} ${request.path}`)).toEqual([call]);
    expect(bodyOf(gateway.emulator)).toEqual(body);
  });

  if (reads)
    it('reads the changed object if its fields are selected', async () => {
      const gateway = await start();
      const result = await run(gateway, name, input, `${reads.object} { id name }`);
      const { id, name: read } = result[reads.object] as { id: string; name: string };
      expect(read).toBeTypeOf('string');
      expect(callsTo(gateway.emulator)).toEqual([call, `GET ${reads.path}${reads.id ?? id}`]);
    });

  if (action)
    it('returns SmsForbiddenError with the missing permission to a caller without rights', async () => {
      const gateway = await start();
      const account = gateway.emulator.state.users[0]?.domain.id;
      const sentence = `Action ${action} is not granted to you on resource sms::${account}:${resource}:*.`;
      expect(await run(gateway, name, input, '', NO_RIGHTS_TOKEN)).toEqual({
        __typename: 'SmsForbiddenError',
        message: `The policies of this account do not allow the call. ${sentence}`,
        code: 'SMS.9004',
        requestId: expect.stringMatching(/^[\da-f]{32}$/),
        errorParam: [sentence],
      });
    });

  it('rejects a caller without a token before any call', async () => {
    const gateway = await start();
    const { body: response } = await gateway.send(document(name, input, ''), input ? { input } : {}, {});
    expect(response).toEqual({
      data: {
        [name]: {
          __typename: 'SmsUnauthenticatedError',
          message: 'There is no token. Send your IAM token as X-Auth-Token.',
          code: 'TOKEN_MISSING',
          requestId: null,
        },
      },
    });
    expect(gateway.emulator.requests).toEqual([]);
  });

  it('is sent only once, even if SMS fails', async () => {
    const gateway = await start();
    gateway.emulator.fault({ kind: 'status', status: 503, times: Infinity });
    expect(await run(gateway, name, input)).toEqual({
      __typename: 'SmsUnavailableError',
      message: expect.stringMatching(
        /^SMS failed with HTTP 503\. Whether the call was carried out is not known: check [a-z ]+ before you repeat it\.$/,
      ),
      code: 'HTTP_503',
      requestId: expect.stringMatching(/^[\da-f]{32}$/),
      reason: 'UPSTREAM_ERROR',
      outcome: 'UNKNOWN',
    });
    expect(callsTo(gateway.emulator)).toEqual([call]);
  });
});

it('covers every mutation but the export, which has tests of its own', () => {
  const fields = Object.keys(buildSchema(['agent', 'secrets']).getMutationType()?.getFields() ?? {});
  const covered = [...all.map(({ name }) => name), 'exportConsistencyResults'];
  expect(covered.sort()).toEqual(fields.sort());
});

async function start() {
  const gateway = await frozenGateway({ expose: ['agent'] }, DEMO_DATA);
  const { projects, servers } = gateway.emulator.state;
  const project = projects.get(WAVE_2);
  if (project) projects.set(EMPTY_PROJECT, { ...project, id: EMPTY_PROJECT, name: 'empty' });
  // updateCommandResult needs a command that the server is to execute.
  const server = servers.get(BILLING_SERVER);
  if (server) server.command = { command_name: 'STOP', command_param: { task_id: '', bucket: '' } };
  return gateway;
}

async function run(gateway: Gateway, name: string, input: object | null, fields = '', token?: string) {
  const data = await ask<Record<string, Record<string, unknown>>>(
    gateway,
    document(name, input, fields),
    input ? { input } : {},
    token,
  );
  return data[name] ?? {};
}

function document(name: string, input: MutationCase['input'], fields: string): string {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  return `mutation${input ? `($input: ${title}Input!)` : ''} {
    ${name}${input ? '(input: $input)' : ''} {
      __typename
      ${fields && `... on ${success(name)} { ${fields} }`}
      ... on SmsError { message code requestId }
      ... on SmsForbiddenError { errorParam }
      ... on SmsUnavailableError { reason outcome }
    }
  }`;
}

function success(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Success`;
}

function bodyOf({ requests }: Emulator): unknown {
  const { body = '' } = requests[0] ?? {};
  return body === '' ? null : JSON.parse(body);
}
