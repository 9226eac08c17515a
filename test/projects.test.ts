/** Migration projects: queries, and what each mutation changes. */
import { describe, expect, it } from 'vitest';
import { ask, callsTo, frozenGateway, UNKNOWN_ID, WAVE_1, WAVE_2, WAVE_3 } from './support/ask.ts';

const ALL = '{ migrationProjects { nodes { id name isdefault } totalCount } }';

describe('a query', () => {
  it('reads a migration project, including the id that SMS leaves out', async () => {
    const gateway = await frozenGateway();
    const query = `{ migrationProject(id: "${WAVE_1}") {
      id name usePublicIp isdefault startTargetServer region speedLimit existServer description type typeText
      enterpriseProject syncing startNetworkCheck
    } }`;
    expect(await ask(gateway, query)).toEqual({
      migrationProject: {
        id: WAVE_1,
        name: 'wave-1_web',
        usePublicIp: true,
        isdefault: true,
        startTargetServer: true,
        region: 'ap-southeast-3',
        speedLimit: 200,
        existServer: false,
        description: 'First wave: web tier',
        type: 'MIGRATE_FILE',
        typeText: 'MIGRATE_FILE',
        enterpriseProject: 'default',
        syncing: false,
        startNetworkCheck: true,
      },
    });
  });

  it('returns null for an unknown id', async () => {
    const gateway = await frozenGateway();
    expect(await ask(gateway, `{ migrationProject(id: "${UNKNOWN_ID}") { id } }`)).toEqual({ migrationProject: null });
  });
});

describe('a mutation', () => {
  it('creates a migration project, which is in the list afterwards', async () => {
    const gateway = await frozenGateway();
    const { createMigrationProject } = await ask<{ createMigrationProject: { migrationProject: object } }>(
      gateway,
      `mutation {
        createMigrationProject(input: { name: "wave-4", region: "ap-southeast-3", type: MIGRATE_BLOCK }) {
          ... on CreateMigrationProjectSuccess { migrationProject { id name isdefault } }
        }
      }`,
    );
    const { migrationProject } = createMigrationProject;
    expect(migrationProject).toEqual({ id: expect.any(String), name: 'wave-4', isdefault: false });
    expect(await ask(gateway, ALL)).toEqual({
      migrationProjects: {
        nodes: [
          { id: WAVE_1, name: 'wave-1_web', isdefault: true },
          { id: WAVE_2, name: 'wave-2_windows', isdefault: false },
          { id: WAVE_3, name: 'wave-3_apps', isdefault: false },
          migrationProject,
        ],
        totalCount: 4,
      },
    });
  });

  it('changes only those fields of a migration project that are in the input', async () => {
    const gateway = await frozenGateway();
    const query = `mutation {
      updateMigrationProject(input: { id: "${WAVE_2}", speedLimit: 0, description: "Second wave", syncing: false }) {
        ... on UpdateMigrationProjectSuccess { migrationProject { id name description syncing speedLimit } }
      }
    }`;
    expect(await ask(gateway, query)).toEqual({
      updateMigrationProject: {
        migrationProject: {
          id: WAVE_2,
          name: 'wave-2_windows',
          description: 'Second wave',
          syncing: false,
          speedLimit: 0,
        },
      },
    });
  });

  it('makes one migration project the default in place of the former one', async () => {
    const gateway = await frozenGateway();
    const set = `mutation { setDefaultMigrationProject(input: { id: "${WAVE_2}" }) {
      ... on SetDefaultMigrationProjectSuccess { migrationProject { isdefault } }
    } }`;
    expect(await ask(gateway, set)).toEqual({ setDefaultMigrationProject: { migrationProject: { isdefault: true } } });
    expect([...gateway.emulator.state.projects.values()].map(({ isdefault }) => isdefault)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('deletes a migration project', async () => {
    const gateway = await frozenGateway();
    const query = `mutation { deleteMigrationProject(input: { id: "${WAVE_3}" }) {
      ... on DeleteMigrationProjectSuccess { deletedId }
    } }`;
    expect(await ask(gateway, query)).toEqual({ deleteMigrationProject: { deletedId: WAVE_3 } });
    expect([...gateway.emulator.state.projects.keys()]).toEqual([WAVE_1, WAVE_2]);
  });

  it('returns SmsNotFoundError for an unknown migration project', async () => {
    const gateway = await frozenGateway();
    const query = `mutation { deleteMigrationProject(input: { id: "${UNKNOWN_ID}" }) {
      __typename ... on SmsError { message code }
    } }`;
    expect(await ask(gateway, query)).toEqual({
      deleteMigrationProject: {
        __typename: 'SmsNotFoundError',
        message: `There is no migration project "${UNKNOWN_ID}".`,
        code: 'SMS.7301',
      },
    });
    expect(callsTo(gateway.emulator)).toEqual([`DELETE /v3/migprojects/${UNKNOWN_ID}`]);
  });
});
