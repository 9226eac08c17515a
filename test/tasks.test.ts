/** Queries of migration tasks: one task, pages of tasks, and their joins. */
import { describe, expect, it } from 'vitest';
import { NO_RIGHTS_TOKEN, READ_ONLY_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import {
  ask,
  BILLING_TASK,
  callsTo,
  errorsOf,
  frozenGateway,
  LEGACY_TASK,
  TEMPLATE,
  UNKNOWN_ID,
  WAVE_1,
} from './support/ask.ts';
import { WEB_SERVER, WEB_TASK } from './support/harness.ts';

describe('a migration task', () => {
  it('is read with its speed limits, settings and consistency results in one query', async () => {
    const gateway = await frozenGateway();
    const query = `{
      migrationTask(id: "${WEB_TASK}") {
        id name type typeText state stateText osType priority speedLimit regionId createDate finishDate totalTime
        sourceServer { id name state }
        targetServer { name disks { name osDisk partitionStyle } }
        speedLimits { start end speed overSpeedThreshold }
        configurationSetting(configKey: LINUX_CPU_LIMIT) { migrateType configurations { configKey configValue } }
        consistencyResults { checkResult consistencyResult { dirCheck numDifferentFiles } }
      }
    }`;
    expect(await ask(gateway, query, {}, READ_ONLY_TOKEN)).toEqual({
      migrationTask: {
        id: WEB_TASK,
        name: 'move-web-prod-01',
        type: 'MIGRATE_FILE',
        typeText: 'MIGRATE_FILE',
        state: 'MIGRATE_SUCCESS',
        stateText: 'MIGRATE_SUCCESS',
        osType: 'LINUX',
        priority: 1,
        speedLimit: 200,
        regionId: 'ap-southeast-3',
        createDate: '2026-09-21T14:03:20.000Z',
        finishDate: '2026-09-21T16:43:20.000Z',
        totalTime: 7_800_000,
        sourceServer: { id: WEB_SERVER, name: 'web-prod-01', state: 'FINISHED' },
        targetServer: {
          name: 'web-prod-01-new',
          disks: [
            { name: '/dev/vda', osDisk: true, partitionStyle: 'MBR' },
            { name: '/dev/vdb', osDisk: false, partitionStyle: 'GPT' },
          ],
        },
        speedLimits: [
          { start: '08:00', end: '20:00', speed: 100, overSpeedThreshold: 20 },
          { start: '20:00', end: '23:59', speed: 0, overSpeedThreshold: 10 },
        ],
        configurationSetting: {
          migrateType: 'LINUX_MIGRATE_FILE',
          configurations: [{ configKey: 'LINUX_CPU_LIMIT', configValue: '50' }],
        },
        consistencyResults: [
          {
            checkResult: 'success',
            consistencyResult: [
              { dirCheck: '/srv/www', numDifferentFiles: 7 },
              { dirCheck: '/data/assets', numDifferentFiles: 12 },
              { dirCheck: '/opt/app', numDifferentFiles: 0 },
            ],
          },
          {
            checkResult: 'success',
            consistencyResult: [
              { dirCheck: '/srv/www', numDifferentFiles: 0 },
              { dirCheck: '/data/assets', numDifferentFiles: 0 },
              { dirCheck: '/opt/app', numDifferentFiles: 0 },
            ],
          },
        ],
      },
    });
    expect(callsTo(gateway.emulator).sort()).toEqual([
      `GET /v3/tasks/${WEB_TASK}`,
      `GET /v3/tasks/${WEB_TASK}/configuration-setting?config_key=LINUX_CPU_LIMIT`,
      `GET /v3/tasks/${WEB_TASK}/consistency-result`,
      `GET /v3/tasks/${WEB_TASK}/speed-limit`,
    ]);
  });

  it('is null for an unknown id in every field that reads a task', async () => {
    const gateway = await frozenGateway();
    const query = `{
      migrationTask(id: "${UNKNOWN_ID}") { id }
      consistencyResults(taskId: "${UNKNOWN_ID}") { checkResult }
      speedLimits(taskId: "${UNKNOWN_ID}") { speed }
      configurationSetting(taskId: "${UNKNOWN_ID}") { taskId }
    }`;
    expect(await ask(gateway, query)).toEqual({
      migrationTask: null,
      consistencyResults: null,
      speedLimits: null,
      configurationSetting: null,
    });
  });

  it('has an empty list of speed limits if SMS reports that it has none', async () => {
    const gateway = await frozenGateway();
    expect(await ask(gateway, `{ speedLimits(taskId: "${BILLING_TASK}") { speed } }`)).toEqual({ speedLimits: [] });
  });

  it('is not read by an id that could leave its path segment', async () => {
    const gateway = await frozenGateway();
    const response = await gateway.send('{ migrationTask(id: "../sources") { id } }');
    expect(response.body.data).toEqual({ migrationTask: null });
    expect(errorsOf(response)).toEqual([
      {
        path: ['migrationTask'],
        extensions: {
          type: 'SmsInvalidInputError',
          code: 'INVALID_INPUT',
          httpStatus: 400,
          kind: 'INVALID',
          fields: [
            { path: ['id'], message: 'Must be 1 to 36 letters, digits, "-" or "_", and must not start with "-".' },
          ],
        },
      },
    ]);
    expect(gateway.emulator.requests).toEqual([]);
  });

  it('is joined to its migration project and its server template', async () => {
    const gateway = await frozenGateway();
    const query = `{ migrationTask(id: "${WEB_TASK}") { migrationProject { id name } serverTemplate { id name } } }`;
    expect(await ask(gateway, query)).toEqual({
      migrationTask: {
        migrationProject: { id: WAVE_1, name: 'wave-1_web' },
        serverTemplate: { id: TEMPLATE, name: 'web-tier_4u8g' },
      },
    });
    expect(callsTo(gateway.emulator).sort()).toEqual([
      'GET /v3/migprojects?limit=100&offset=0',
      `GET /v3/sources?id=${WEB_SERVER}&limit=200&migproject=${WAVE_1}&offset=0`,
      `GET /v3/tasks/${WEB_TASK}`,
      `GET /v3/vm/templates/${TEMPLATE}`,
    ]);
  });
});

describe('migration tasks', () => {
  it('are filtered by SMS with every filter of its API', async () => {
    const gateway = await frozenGateway();
    const query = `query ($filter: MigrationTaskFilter!) { migrationTasks(filter: $filter) { nodes { id } totalCount } }`;
    const filtered = async (filter: object) => {
      const { migrationTasks } = await ask<{ migrationTasks: unknown }>(gateway, query, { filter });
      return migrationTasks;
    };
    const only = (id: string) => ({ nodes: [{ id }], totalCount: 1 });
    expect(await filtered({ state: 'MIGRATE_FAIL' })).toEqual(only(LEGACY_TASK));
    expect(await filtered({ name: 'billing' })).toEqual(only(BILLING_TASK));
    expect(await filtered({ id: WEB_TASK })).toEqual(only(WEB_TASK));
    expect(await filtered({ sourceServerId: WEB_SERVER })).toEqual(only(WEB_TASK));
    expect(await filtered({ enterpriseProjectId: 'other' })).toEqual({ nodes: [], totalCount: 0 });
    expect(await filtered({ state: 'RUNNING', name: 'web' })).toEqual({ nodes: [], totalCount: 0 });
    expect(callsTo(gateway.emulator).slice(-3)).toEqual([
      `GET /v3/tasks?limit=50&offset=0&source_server_id=${WEB_SERVER}`,
      'GET /v3/tasks?enterprise_project_id=other&limit=50&offset=0',
      'GET /v3/tasks?limit=50&name=web&offset=0&state=RUNNING',
    ]);
  });
});

describe('an error of a query', () => {
  it('has the type, the code and the request id of the call', async () => {
    const gateway = await frozenGateway();
    const { body } = await gateway.send('{ migrationTasks { totalCount } }', {}, { 'x-auth-token': NO_RIGHTS_TOKEN });
    expect(body).toEqual({
      data: { migrationTasks: null },
      errors: [
        {
          message: expect.stringContaining('Action sms:server:listTask is not granted to you on resource sms::'),
          path: ['migrationTasks'],
          locations: [{ line: 1, column: 3 }],
          extensions: {
            type: 'SmsForbiddenError',
            code: 'SMS.9004',
            httpStatus: 403,
            requestId: expect.stringMatching(/^[\da-f]{32}$/),
          },
        },
      ],
    });
  });

  it('has retryAfter if SMS sends it', async () => {
    const gateway = await frozenGateway();
    gateway.emulator.fault({ kind: 'throttle', retryAfter: 7, times: Infinity });
    const response = await gateway.send('{ migrationTasks { totalCount } }');
    expect(errorsOf(response)).toEqual([
      {
        path: ['migrationTasks'],
        extensions: { type: 'SmsThrottledError', code: 'APIGW.0308', httpStatus: 429, retryAfter: 7 },
      },
    ]);
  });
});
