import fc from 'fast-check';
import { type GraphQLArgument, type GraphQLInputField, getNamedType, isInputObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSchema } from '../src/graphql/schema.ts';
import { agentMutations } from './support/agent-mutations.ts';
import { callsTo, frozenGateway } from './support/ask.ts';
import { bodyOf, gatewayTo, httpServer } from './support/harness.ts';
import { mutations } from './support/mutations.ts';
import { operationKeyOf, operations, rootFieldsOf } from './support/openapi.ts';

/** Ids that could leave their path segment, end it, or be read differently by a proxy. */
const HOSTILE = [
  '..',
  '.',
  '../sources',
  'a/b',
  '..%2fsources',
  '%2e%2e',
  'a%00',
  'a\u0000',
  'a\nb',
  'a b',
  'a?b',
  'a#b',
  '🚀',
  '',
  '-5',
  'x'.repeat(37),
];

const schema = buildSchema(['agent', 'secrets']);
const isPathId = ({ astNode }: GraphQLArgument | GraphQLInputField) =>
  astNode?.directives?.some(({ name }) => name.value === 'pathId') ?? false;

/** Every argument and input field that becomes part of a path, of all queries and mutations. */
const pathIds = [
  ...Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) =>
    field.args.filter(isPathId).map(({ name }) => ({ kind: 'query', field: field.name, name })),
  ),
  ...Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap((field) => {
    const type = field.args[0] && getNamedType(field.args[0].type);
    const inputs = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    return inputs.filter(isPathId).map(({ name }) => ({ kind: 'mutation', field: field.name, name }));
  }),
];

it('tests every id in a path of openapi.json', () => {
  const idsInPaths = rootFieldsOf(schema).flatMap((field) => {
    const { parameters = [] } = operations.find(({ key }) => key === operationKeyOf(field)) ?? {};
    return parameters
      .filter((parameter) => parameter.in === 'path' && parameter.name !== 'version')
      .map(() => field.name);
  });
  // Reports and exports take ids too, of projects whose servers they read.
  expect(pathIds.map(({ field }) => field)).toEqual(expect.arrayContaining(idsInPaths));
});

describe.each(pathIds)('$kind $field($name)', ({ kind, field, name }) => {
  it('rejects ids that could leave their path segment before any call', async () => {
    const { emulator, send } = await frozenGateway({ expose: ['agent', 'secrets'] });
    for (const id of HOSTILE) {
      const { body } = await (kind === 'query'
        ? send(`query($id: ID!) { ${field}(${name}: $id) ${selection(field)} }`, { id })
        : send(
            `mutation($input: ${title(field)}Input!) {
              result: ${field}(input: $input) { __typename ... on SmsInvalidInputError { fields { path } } }
            }`,
            { input: { ...inputOf(field), [name]: id } },
          ));
      if (kind === 'query') {
        expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: [name] }] });
      } else {
        expect(body.data).toEqual({
          result: { __typename: 'SmsInvalidInputError', fields: [{ path: ['input', name] }] },
        });
      }
    }
    expect(callsTo(emulator)).toEqual([]);
  });
});

describe('an id in a response of SMS', () => {
  /** Every field that is read by the id of another object. */
  const JOINS = `{
    migrationTasks {
      nodes {
        id
        regionId
        speedLimits { start }
        consistencyResults { checkResult }
        configurationSetting { taskId }
        migrationProject { name }
        serverTemplate { name }
        sourceServer { hostname cpuQuantity migrationProject { name } }
      }
    }
    failedServers { nodes { sourceServer { hostname cpuQuantity } } }
  }`;

  // Nothing is read by an empty id, and a long id stays in its segment.
  it.each(HOSTILE.filter((id) => id !== '' && !id.startsWith('x')))(
    'is never put into a path if it is %j',
    async (id) => {
      const paths: string[] = [];
      const url = await httpServer((request, response) => {
        paths.push(String(request.url).replace(/\?.*/, ''));
        const server = { id, name: 'a-server' };
        response.end(
          JSON.stringify({
            count: 1,
            tasks: [{ id, name: 'a-task', source_server: server, vm_template_id: id }],
            migration_errors: [{ source_id: id, name: 'a-server' }],
            migprojects: [{ id, name: 'a-project' }],
            source_servers: [server],
          }),
        );
      });
      const { body } = await gatewayTo(url).send(JOINS);
      expect(body.data).toMatchObject({ migrationTasks: { nodes: [{ id, speedLimits: null }] } });
      // Lists are read without an id.
      expect([...new Set(paths)].sort()).toEqual(['/v3/errors', '/v3/migprojects', '/v3/sources', '/v3/tasks']);
    },
  );
});

describe('any string', () => {
  it('in an input reaches SMS unchanged or is rejected with a typed error', async () => {
    const received: string[] = [];
    const url = await httpServer(async (request, response) => {
      received.push(await bodyOf(request));
      response.end('{}');
    });
    const { send } = gatewayTo(url);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (name) => {
        received.length = 0;
        const { body } = await send(
          `mutation($name: String) {
            result: updateServer(input: { id: "s", name: $name }) { __typename ... on SmsError { code } }
          }`,
          { name },
        );
        if (received.length === 0) {
          expect(body.data).toEqual({ result: { __typename: 'SmsInvalidInputError', code: 'INVALID_INPUT' } });
        } else expect(received.map((text) => JSON.parse(text))).toEqual([{ name }]);
      }),
    );
  });

  it('in a filter reaches SMS unchanged or is rejected with a typed error', async () => {
    const received: (string | null)[] = [];
    const url = await httpServer((request, response) => {
      received.push(new URL(request.url ?? '', 'http://sms.test').searchParams.get('name'));
      response.end('{"count":0,"source_servers":[]}');
    });
    const { send } = gatewayTo(url);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (name) => {
        received.length = 0;
        const { body } = await send('query($name: String) { sourceServers(filter: { name: $name }) { totalCount } }', {
          name,
        });
        if (received.length === 0) expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT' });
        else expect(received).toEqual([name]);
      }),
    );
  });
});

function inputOf(field: string): object {
  return [...mutations, ...agentMutations].find(({ name }) => name === field)?.input ?? {};
}

function selection(field: string): string {
  const type = getNamedType(schema.getQueryType()?.getFields()[field]?.type);
  return type && 'getFields' in type ? '{ __typename }' : '';
}

function title(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1);
}
