/** Inputs beyond the `@limit` and `@pathId` of the SDL are rejected before any call. */
import { expect, it } from 'vitest';
import { ask, BILLING_TASK, frozenGateway, TEMPLATE, WAVE_2 } from './support/ask.ts';
import { WEB_SERVER, WEB_TASK } from './support/harness.ts';

const NAME = 'Must match ^[A-Za-z0-9_\\-\\u4e00-\\u9fa5]{1,64}$.';
const ID = 'Must be 1 to 36 letters, digits, "-" or "_", and must not start with "-".';
const TIME = 'Must match ^([01][0-9]|2[0-3]):[0-5][0-9]$.';
const limit = (speed: number) => ({ start: '00:00', end: '01:00', speed });

it.each<[mutation: string, input: object, fields: [path: string, message: string][]]>([
  ['updateTask', { id: WEB_TASK, name: 'a b' }, [['name', NAME]]],
  ['updateTask', { id: WEB_TASK, name: '' }, [['name', 'Has 0 characters; must have 1 to 64.']]],
  ['updateTask', { id: WEB_TASK, speedLimit: 1001 }, [['speedLimit', 'Is 1001; must be 0 to 1000.']]],
  ['updateTask', { id: WEB_TASK, speedLimit: -1 }, [['speedLimit', 'Is -1; must be 0 to 1000.']]],
  ['updateTask', { id: WEB_TASK, type: 'UNKNOWN' }, [['type', 'UNKNOWN is not a valid input.']]],
  ['updateTask', { id: 'a/b', name: '一' }, [['id', ID]]],
  ['deleteTask', { id: '' }, [['id', ID]]],
  ['deleteTask', { id: '..' }, [['id', ID]]],
  ['deleteTasks', { ids: [] }, [['ids', 'Has 0 items; must have 1 to 50.']]],
  [
    'updateTask',
    { id: WEB_TASK, targetServer: { osType: 'UNKNOWN', disks: [{ partitionStyle: 'UNKNOWN', size: -5 }] } },
    [
      ['targetServer.osType', 'UNKNOWN is not a valid input.'],
      ['targetServer.disks.0.size', 'Is -5; must be at least 0.'],
      ['targetServer.disks.0.partitionStyle', 'UNKNOWN is not a valid input.'],
    ],
  ],
  [
    'updateSpeed',
    { taskId: BILLING_TASK, speedLimit: [limit(5), { ...limit(2000), overSpeedThreshold: 9.9 }] },
    [
      ['speedLimit.1.speed', 'Is 2000; must be 0 to 1000.'],
      ['speedLimit.1.overSpeedThreshold', 'Is 9.9; must be 10 to 100.'],
    ],
  ],
  [
    'updateSpeed',
    {
      taskId: BILLING_TASK,
      speedLimit: ['8:00', '24:00', '12:60', '12:00:00', ' 12:00'].map((start) => ({ start, end: '23:59' })),
    },
    [0, 1, 2, 3, 4].map((index): [string, string] => [`speedLimit.${index}.start`, TIME]),
  ],
  [
    'updateSpeed',
    {
      taskId: BILLING_TASK,
      speedLimit: [
        { start: '00:00', end: '' },
        { start: '00:00', end: 'noon' },
      ],
    },
    [0, 1].map((index): [string, string] => [`speedLimit.${index}.end`, TIME]),
  ],
  [
    'updateSpeed',
    { taskId: BILLING_TASK, speedLimit: Array.from({ length: 6 }, () => limit(5)) },
    [['speedLimit', 'Has 6 items; must have at most 5.']],
  ],
  [
    'updateServerTemplate',
    { id: TEMPLATE, template: { name: 'ok', publicip: { type: 't', bandwidthSize: 0 }, vpc: { cidr: '' } } },
    [
      ['template.vpc.cidr', 'Has 0 characters; must have 1 to 255.'],
      ['template.publicip.bandwidthSize', 'Is 0; must be 1 to 2000.'],
    ],
  ],
])('rejects %s(%j)', async (mutation, input, fields) => {
  const gateway = await frozenGateway();
  const invalid = fields.map(([path, message]) => ({ path: ['input', ...path.split('.')], message }));
  expect(await ask(gateway, documentOf(mutation), { input })).toEqual({
    [mutation]: {
      __typename: 'SmsInvalidInputError',
      message: invalid.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' '),
      code: 'INVALID_INPUT',
      requestId: null,
      fields: invalid,
    },
  });
  expect(gateway.emulator.requests).toEqual([]);
});

it.each<[mutation: string, input: object]>([
  ['updateTask', { id: WEB_TASK, name: '迁移-任务_1', speedLimit: 1000 }],
  ['updateTask', { id: WEB_TASK, speedLimit: 0, name: 'x'.repeat(64) }],
  ['updateSpeed', { taskId: BILLING_TASK, speedLimit: [{ ...limit(1000), overSpeedThreshold: 100 }] }],
  ['updateServer', { id: WEB_SERVER, name: '机'.repeat(255) }],
  ['updateMigrationProject', { id: WAVE_2, name: 'w'.repeat(100), type: 'MIGRATE_BLOCK' }],
])('accepts values at the limits: %s(%j)', async (mutation, input) => {
  const gateway = await frozenGateway();
  const title = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  expect(await ask(gateway, documentOf(mutation), { input })).toEqual({
    [mutation]: { __typename: `${title}Success` },
  });
});

it('rejects invalid filters and ids of queries with a GraphQL error before any call', async () => {
  const gateway = await frozenGateway();
  const { body } = await gateway.send(`{
    sourceServers(filter: { state: UNKNOWN, name: "${'x'.repeat(256)}" }) { totalCount }
    speedLimits(taskId: "a b") { speed }
    configurationSetting(taskId: "${WEB_TASK}", configKey: UNKNOWN) { taskId }
  }`);
  expect(body.data).toEqual({ sourceServers: null, speedLimits: null, configurationSetting: null });
  expect(body.errors?.map(({ extensions }) => extensions?.['fields'])).toEqual([
    [
      { path: ['filter', 'state'], message: 'UNKNOWN is not a valid input.' },
      { path: ['filter', 'name'], message: 'Has 256 characters; must have at most 255.' },
    ],
    [{ path: ['taskId'], message: ID }],
    [{ path: ['configKey'], message: 'UNKNOWN is not a valid input.' }],
  ]);
  expect(gateway.emulator.requests).toEqual([]);
});

function documentOf(mutation: string): string {
  const title = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  return `mutation ($input: ${title}Input!) {
    ${mutation}(input: $input) {
      __typename ... on SmsError { message code requestId } ... on SmsInvalidInputError { fields { path message } }
    }
  }`;
}
