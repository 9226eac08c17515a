/** What each mutation of a migration task changes. The tests that all mutations share are in mutations.test.ts. */
import { describe, expect, it } from 'vitest';
import {
  ask,
  BILLING_TASK,
  callsTo,
  DEMO_DATA,
  frozenGateway,
  LEGACY_TASK,
  NEW_SERVER,
  TEMPLATE,
  UNKNOWN_ID,
} from './support/ask.ts';
import { type Gateway, WEB_SERVER, WEB_TASK } from './support/harness.ts';

const NEW = `
  name: "move-again", type: MIGRATE_FILE, sourceServer: { id: "${NEW_SERVER}" }
  targetServer: { name: "web-new", vmId: "vm-1" }
  regionName: "AP-Singapore", regionId: "ap-southeast-3", projectName: "ap-southeast-3", projectId: "p-1"
`;

describe('a migration task', () => {
  it('is created and becomes the current task of its server', async () => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    const query = `mutation {
      createTask(input: { ${NEW} vmTemplateId: "${TEMPLATE}", priority: 2, needMigrationTest: true }) {
        ... on CreateTaskSuccess {
          migrationTask { id name state priority needMigrationTest serverTemplate { name } sourceServer { currentTask { id } } }
        }
      }
    }`;
    const { createTask } = await ask<{ createTask: { migrationTask: { id: string } } }>(gateway, query);
    const { id } = createTask.migrationTask;
    expect(createTask.migrationTask).toEqual({
      id,
      name: 'move-again',
      state: 'READY',
      priority: 2,
      needMigrationTest: true,
      serverTemplate: { name: 'web-tier_4u8g' },
      sourceServer: { currentTask: { id } },
    });
    expect(gateway.emulator.state.tasks.get(id)?.target.name).toBe('web-new');
  });

  it('is created and started with autoStart', async () => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    const query = `mutation { createTask(input: { ${NEW} autoStart: true }) {
      ... on CreateTaskSuccess { migrationTask { state subTasks { name progress } } }
    } }`;
    const { createTask } = await ask<{ createTask: { migrationTask: { state: string; subTasks: object[] } } }>(
      gateway,
      query,
    );
    expect(createTask.migrationTask.state).toBe('RUNNING');
    expect(createTask.migrationTask.subTasks[0]).toEqual({ name: 'SSL_CONFIG', progress: 0 });
  });

  it('changes only in the fields of the input that are not null, including false and 0', async () => {
    const gateway = await frozenGateway();
    const query = `mutation ($input: UpdateTaskInput!) { updateTask(input: $input) {
      __typename ... on UpdateTaskSuccess { migrationTask { name migrationIp speedLimit startTargetServer } }
    } }`;
    const input = { id: WEB_TASK, name: null, migrationIp: '203.0.113.9', speedLimit: 0, usePublicIp: false };
    expect(await ask(gateway, query, { input: { ...input, targetServer: { name: 'new', ip: null } } })).toEqual({
      updateTask: {
        __typename: 'UpdateTaskSuccess',
        migrationTask: {
          name: 'move-web-prod-01',
          migrationIp: '203.0.113.9',
          speedLimit: 0,
          startTargetServer: true,
        },
      },
    });
    expect(JSON.parse(gateway.emulator.requests[0]?.body ?? '')).toEqual({
      migration_ip: '203.0.113.9',
      speed_limit: 0,
      use_public_ip: false,
      target_server: { name: 'new' },
    });
  });

  it('is started, stopped, cut over, resynchronized and tested, each only in the states that allow it', async () => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    const { id } = await createdTask(gateway, 'syncing: true');
    const act = async (operation: string) => {
      const query = `mutation ($input: UpdateTaskStatusInput!) { updateTaskStatus(input: $input) {
        __typename ... on UpdateTaskStatusSuccess { migrationTask { state } } ... on SmsError { code }
      } }`;
      const { updateTaskStatus } = await ask(gateway, query, { input: { id, operation } });
      return updateTaskStatus;
    };
    const error = (code: string) => expect.objectContaining({ code });
    const success = (state: string) => ({ __typename: 'UpdateTaskStatusSuccess', migrationTask: { state } });
    expect(await act('STOP')).toEqual(error('SMS.7714'));
    expect(await act('START')).toEqual(success('RUNNING'));
    expect(await act('START')).toEqual(error('SMS.7713'));
    expect(await act('STOP')).toEqual(success('ABORTING'));
    gateway.emulator.state.advance(60_000);
    expect(await act('START')).toEqual(success('RUNNING'));
    expect(await act('CUTOVER')).toEqual(error('SMS.7721'));
    gateway.emulator.state.advance(60_000);
    expect(await act('RESTART')).toEqual(error('SMS.7722'));
    expect(await act('CUTOVER')).toEqual(success('RUNNING'));
    gateway.emulator.state.advance(60_000);
    expect(await act('START')).toEqual(error('SMS.7713'));
    expect(await act('RESTART')).toEqual(success('RUNNING'));
    gateway.emulator.state.advance(60_000);
    expect(await act('TEST')).toEqual(success('RUNNING'));
    gateway.emulator.state.advance(60_000);
    expect(await act('CLEAR')).toEqual(success('MIGRATE_SUCCESS'));
    expect(await act('RESTART')).toEqual(error('SMS.7722'));
    const { migrationTask } = await ask<{ migrationTask: { subTasks: { userOp: string }[] } }>(
      gateway,
      `{ migrationTask(id: "${id}") { subTasks { userOp } } }`,
    );
    const operations = migrationTask.subTasks.map(({ userOp }) => userOp);
    expect([...new Set(operations)]).toEqual(['REPLICATE', 'CUTOVER0', 'RESYNC0', 'CUTOVER1']);
  });

  it('is deleted alone or with others, and then either all are deleted or none', async () => {
    const gateway = await frozenGateway();
    const one = `mutation { deleteTask(input: { id: "${LEGACY_TASK}" }) { ... on DeleteTaskSuccess { deletedId } } }`;
    expect(await ask(gateway, one)).toEqual({ deleteTask: { deletedId: LEGACY_TASK } });
    const many = (ids: string[]) => `mutation { deleteTasks(input: { ids: ${JSON.stringify(ids)} }) {
      ... on DeleteTasksSuccess { deletedIds } ... on SmsError { __typename code }
    } }`;
    expect(await ask(gateway, many([WEB_TASK, BILLING_TASK]))).toEqual({
      deleteTasks: { __typename: 'SmsInvalidInputError', code: 'SMS.7719' },
    });
    expect(await ask(gateway, many([WEB_TASK, UNKNOWN_ID]))).toEqual({
      deleteTasks: { __typename: 'SmsNotFoundError', code: 'SMS.7703' },
    });
    expect(await ask(gateway, many([WEB_TASK]))).toEqual({ deleteTasks: { deletedIds: [WEB_TASK] } });
    expect([...gateway.emulator.state.tasks.keys()]).toEqual([BILLING_TASK]);
  });

  it('accepts speed limits, settings and a request to collect its log', async () => {
    const gateway = await frozenGateway();
    const query = `mutation {
      updateSpeed(input: { taskId: "${BILLING_TASK}", speedLimit: [{ start: "00:00", end: "23:59", speed: 10 }] }) {
        ... on UpdateSpeedSuccess { migrationTask { speedLimits { start end speed overSpeedThreshold } } }
      }
      uploadConfigurationSetting(input: {
        taskId: "${BILLING_TASK}", configurations: [{ configKey: CONSISTENCY_DIR, configValue: "C:\\\\data" }]
      }) {
        ... on UploadConfigurationSettingSuccess {
          migrationTask { configurationSetting { migrateType configurations { configKey configValue } } }
        }
      }
      collectLog(input: { taskId: "${BILLING_TASK}", logBucket: "logs" }) {
        ... on CollectLogSuccess { migrationTask { logCollectStatus logCollectStatusText } }
      }
    }`;
    expect(await ask(gateway, query)).toEqual({
      updateSpeed: {
        migrationTask: { speedLimits: [{ start: '00:00', end: '23:59', speed: 10, overSpeedThreshold: 10 }] },
      },
      uploadConfigurationSetting: {
        migrationTask: {
          configurationSetting: {
            migrateType: 'WINDOWS_MIGRATE_BLOCK',
            configurations: [{ configKey: 'CONSISTENCY_DIR', configValue: 'C:\\data' }],
          },
        },
      },
      collectLog: { migrationTask: { logCollectStatus: 'UPLOADING', logCollectStatusText: 'UPLOADING' } },
    });
    expect(gateway.emulator.state.tasks.get(BILLING_TASK)?.log?.bucket).toBe('logs');
  });
});

it('updateSpeed with an empty list removes all speed limits of a task', async () => {
  const gateway = await frozenGateway();
  const query = `mutation ($limits: [SpeedLimitInput!]!) {
    updateSpeed(input: { taskId: "${BILLING_TASK}", speedLimit: $limits }) {
      ... on UpdateSpeedSuccess { migrationTask { speedLimits { start } } }
    }
  }`;
  const remaining = (speedLimits: unknown[]) => ({ updateSpeed: { migrationTask: { speedLimits } } });
  const limits = [{ start: '08:00', end: '18:00', speed: 10 }];
  expect(await ask(gateway, query, { limits })).toEqual(remaining([{ start: '08:00' }]));
  expect(await ask(gateway, query, { limits: [] })).toEqual(remaining([]));
  expect(gateway.emulator.requests.at(-2)?.body).toBe('{"speed_limit":[]}');
});

it('a mutation reads again what an earlier mutation of the same document has read', async () => {
  const gateway = await frozenGateway();
  const rename = (name: string) => `updateTask(input: { id: "${WEB_TASK}", name: "${name}" }) {
    ... on UpdateTaskSuccess { migrationTask { name sourceServer { name cpuQuantity } } }
  }`;
  const renamed = (name: string) => ({
    migrationTask: { name, sourceServer: { name: 'web-prod-01', cpuQuantity: expect.any(Number) } },
  });
  expect(await ask(gateway, `mutation { one: ${rename('first')} two: ${rename('second')} }`)).toEqual({
    one: renamed('first'),
    two: renamed('second'),
  });
  const once = [`PUT /v3/tasks/${WEB_TASK}`, `GET /v3/tasks/${WEB_TASK}`, `GET /v3/sources/${WEB_SERVER}`];
  expect(callsTo(gateway.emulator)).toEqual([...once, ...once]);
});

it('createTask reports OUTCOME_UNKNOWN if SMS returns no id', async () => {
  const gateway = await frozenGateway();
  gateway.emulator.fault({ kind: 'status', status: 200, body: {}, method: 'POST' });
  const query = `mutation { createTask(input: { ${NEW} }) {
    ... on SmsError { __typename message code } ... on SmsUnavailableError { reason outcome }
  } }`;
  expect(await ask(gateway, query)).toEqual({
    createTask: {
      __typename: 'SmsUnavailableError',
      message:
        'SMS accepted the call but returned no id for the new object. Check the list before you repeat the call.',
      code: 'OUTCOME_UNKNOWN',
      reason: 'INVALID_ANSWER',
      outcome: 'UNKNOWN',
    },
  });
});

async function createdTask(gateway: Gateway, fields: string): Promise<{ id: string }> {
  const query = `mutation { createTask(input: { ${NEW} ${fields} }) { ... on CreateTaskSuccess { migrationTask { id } } } }`;
  const { createTask } = await ask<{ createTask: { migrationTask: { id: string } } }>(gateway, query);
  return createTask.migrationTask;
}
