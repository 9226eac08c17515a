/** The operations of the migration agent, which are in the schema only if exposed. */
import { describe, expect, it } from 'vitest';
import {
  ask,
  BILLING_SERVER,
  BILLING_TASK,
  DEMO_DATA,
  frozenGateway,
  NEW_SERVER,
  NOW,
  UNKNOWN_ID,
  WAVE_1,
} from './support/ask.ts';
import { WEB_SERVER, WEB_TASK } from './support/harness.ts';

const gatewayWithAgent = () => frozenGateway({ expose: ['agent'] }, DEMO_DATA);

describe('a query', () => {
  it('reads the settings of the agent with unchanged keys', async () => {
    expect(await ask(await gatewayWithAgent(), '{ agentConfig { config regions } }')).toEqual({
      agentConfig: {
        config: { mainRegion: 'ap-southeast-3', obs_domain: 'obs.example.invalid', disktype: 'SSD,SAS' },
        regions: [
          { region_name: 'AP-Singapore', project_name: 'ap-southeast-3' },
          { region_name: 'CN North-Beijing4', project_name: 'cn-north-4' },
        ],
      },
    });
  });

  it('reads the pending command of a server, an empty one without a command, and null for an unknown server', async () => {
    const gateway = await gatewayWithAgent();
    const query = `{
      pending: agentCommand(serverId: "${BILLING_SERVER}") { commandName commandParam { taskId bucket } }
      none: agentCommand(serverId: "${WEB_SERVER}") { commandName commandParam { taskId } }
      unknown: agentCommand(serverId: "${UNKNOWN_ID}") { commandName }
    }`;
    const stop = `mutation { updateTaskStatus(input: { id: "${BILLING_TASK}", operation: STOP }) { __typename } }`;
    await ask(gateway, stop);
    expect(await ask(gateway, query)).toEqual({
      pending: { commandName: 'STOP', commandParam: { taskId: BILLING_TASK, bucket: '' } },
      none: { commandName: null, commandParam: null },
      unknown: null,
    });
  });
});

describe('a mutation', () => {
  it('registers a server in the default project, also a second time', async () => {
    const gateway = await gatewayWithAgent();
    const query = `mutation ($id: ID) {
      registerServer(input: {
        id: $id, name: "new-server", ip: "192.0.2.7", osType: LINUX, osVersion: "UBUNTU_22_4_64BIT"
        agentVersion: "25.2.0", memory: 2048, networks: [{ mac: "fa:16:3e:00:00:01" }], state: INITIALIZE
      }) {
        __typename
        ... on RegisterServerSuccess {
          sourceServer { id name memory addDate networks { mac } migrationProject { id } currentTask { id } }
        }
        ... on SmsError { code }
      }
    }`;
    const id = 'b7f9c2e4-1a3d-4c5e-8f60-718293a4b5c6';
    expect(await ask(gateway, query, { id })).toEqual({
      registerServer: {
        __typename: 'RegisterServerSuccess',
        sourceServer: {
          id,
          name: 'new-server',
          memory: 2048,
          addDate: new Date(NOW).toISOString(),
          networks: [{ mac: 'fa:16:3e:00:00:01' }],
          migrationProject: { id: WAVE_1 },
          currentTask: null,
        },
      },
    });
    // A restarted agent registers again.
    expect(await ask(gateway, query, { id })).toMatchObject({
      registerServer: { __typename: 'RegisterServerSuccess', sourceServer: { id } },
    });
  });

  it('reports the state and the disks of a server', async () => {
    const gateway = await gatewayWithAgent();
    const query = `mutation {
      updateCopyState(input: { id: "${BILLING_SERVER}", copystate: INIT, migrationcycle: REPLICATING }) {
        ... on UpdateCopyStateSuccess { sourceServer { state stateText migrationCycle } }
      }
      updateDiskInfo(input: { id: "${NEW_SERVER}", disks: [{ name: "/dev/vdz", size: "1099511627776" }] }) {
        ... on UpdateDiskInfoSuccess { sourceServer { disks { name size } } }
      }
    }`;
    expect(await ask(gateway, query)).toEqual({
      updateCopyState: {
        sourceServer: { state: 'INITIALIZE', stateText: 'initialize', migrationCycle: 'REPLICATING' },
      },
      updateDiskInfo: { sourceServer: { disks: [{ name: '/dev/vdz', size: 1_099_511_627_776 }] } },
    });
  });

  it('reports the result of a command, which is no longer pending afterwards', async () => {
    const gateway = await gatewayWithAgent();
    const server = gateway.emulator.state.servers.get(WEB_SERVER);
    if (server) server.command = { command_name: 'START', command_param: { task_id: WEB_TASK, bucket: '' } };
    const query = (command: string) => `mutation {
      updateCommandResult(input: {
        serverId: "${WEB_SERVER}", commandName: "${command}", result: "success", resultDetail: { someKey: 1 }
      }) { __typename ... on SmsError { code } }
    }`;
    expect(await ask(gateway, query('STOP'))).toEqual({
      updateCommandResult: { __typename: 'SmsInvalidInputError', code: 'SMS.6021' },
    });
    expect(await ask(gateway, query('START'))).toEqual({
      updateCommandResult: { __typename: 'UpdateCommandResultSuccess' },
    });
    expect(server?.command).toBeNull();
    expect(JSON.parse(gateway.emulator.requests.at(-1)?.body ?? '')).toEqual({
      command_name: 'START',
      result: 'success',
      result_detail: { someKey: 1 },
    });
  });

  it('reports the progress, the network quality and the consistency result of a task', async () => {
    const gateway = await gatewayWithAgent();
    const query = `mutation {
      updateTaskSpeed(input: {
        taskId: "${BILLING_TASK}", subtaskName: MIGRATE_WINDOWS_BLOCK, progress: 42, replicatesize: 1, totalsize: 2
        processTrace: "", migrateSpeed: 77.5, remainTime: 90, agentCpuUsage: 3.5
      }) { ... on UpdateTaskSpeedSuccess { migrationTask { migrateSpeed remainSeconds agentCpuUsage subtaskInfo } } }
      updateNetworkCheckInfo(input: {
        taskId: "${BILLING_TASK}", networkDelay: 20.5, networkJitter: 2, migrationSpeed: 100, lossPercentage: 0
        cpuUsage: 10, memUsage: 20, evaluationResult: "normal"
      }) {
        ... on UpdateNetworkCheckInfoSuccess { migrationTask { networkCheckInfo { networkDelay evaluationResult } } }
      }
      updateConsistencyResult(input: { taskId: "${BILLING_TASK}", consistencyResult: [
        { dirCheck: "C:", numTotalFiles: 9, numDifferentFiles: 1, numTargetMissFiles: 0, numTargetMoreFiles: 2 }
      ] }) {
        ... on UpdateConsistencyResultSuccess {
          migrationTask { consistencyResults { finishedTime consistencyResult { dirCheck numTargetMoreFiles } } }
        }
      }
    }`;
    expect(await ask(gateway, query)).toEqual({
      updateTaskSpeed: {
        migrationTask: {
          migrateSpeed: 77.5,
          remainSeconds: 90,
          agentCpuUsage: 3.5,
          subtaskInfo: 'MIGRATE_WINDOWS_BLOCK:42',
        },
      },
      updateNetworkCheckInfo: {
        migrationTask: { networkCheckInfo: { networkDelay: 20.5, evaluationResult: 'normal' } },
      },
      updateConsistencyResult: {
        migrationTask: {
          consistencyResults: [
            {
              finishedTime: new Date(NOW).toISOString(),
              consistencyResult: [{ dirCheck: 'C:', numTargetMoreFiles: 2 }],
            },
          ],
        },
      },
    });
  });
});
