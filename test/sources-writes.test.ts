/** What each mutation of a source server changes. */
import { expect, it } from 'vitest';
import { ask, BILLING_SERVER, frozenGateway, LEGACY_SERVER, UNKNOWN_ID, WAVE_2 } from './support/ask.ts';
import { WEB_SERVER, WEB_TASK } from './support/harness.ts';

it('renames a server and moves it to another project', async () => {
  const gateway = await frozenGateway();
  const query = `mutation { updateServer(input: { id: "${WEB_SERVER}", name: "web", migprojectid: "${WAVE_2}" }) {
    ... on UpdateServerSuccess { sourceServer { id name migrationProject { id } } }
  } }`;
  expect(await ask(gateway, query)).toEqual({
    updateServer: { sourceServer: { id: WEB_SERVER, name: 'web', migrationProject: { id: WAVE_2 } } },
  });
  expect(gateway.emulator.state.servers.get(WEB_SERVER)?.migproject_id).toBe(WAVE_2);
});

it('deletes a server and keeps its task', async () => {
  const gateway = await frozenGateway();
  const query = `mutation { deleteServer(input: { id: "${WEB_SERVER}" }) { ... on DeleteServerSuccess { deletedId } } }`;
  expect(await ask(gateway, query)).toEqual({ deleteServer: { deletedId: WEB_SERVER } });
  expect([...gateway.emulator.state.servers.keys()]).toEqual([BILLING_SERVER, LEGACY_SERVER]);
  const task = `{ migrationTask(id: "${WEB_TASK}") { name sourceServer { id } } }`;
  expect(await ask(gateway, task)).toEqual({ migrationTask: { name: 'move-web-prod-01', sourceServer: null } });
});

it('deletes either all servers of a list or none', async () => {
  const gateway = await frozenGateway();
  const deleted = async (ids: string[]) => {
    const query = `mutation ($input: DeleteServersInput!) { deleteServers(input: $input) {
      __typename ... on DeleteServersSuccess { deletedIds } ... on SmsError { code message }
    } }`;
    const { deleteServers } = await ask(gateway, query, { input: { ids } });
    return deleteServers;
  };
  expect(await deleted([WEB_SERVER, UNKNOWN_ID])).toEqual({
    __typename: 'SmsNotFoundError',
    code: 'SMS.7602',
    message: `There is no source server "${UNKNOWN_ID}".`,
  });
  expect(await deleted([WEB_SERVER, BILLING_SERVER])).toEqual({
    __typename: 'SmsInvalidInputError',
    code: 'SMS.7601',
    message: `The source server "${BILLING_SERVER}" has a running task.`,
  });
  expect(await deleted([WEB_SERVER, LEGACY_SERVER])).toEqual({
    __typename: 'DeleteServersSuccess',
    deletedIds: [WEB_SERVER, LEGACY_SERVER],
  });
  expect([...gateway.emulator.state.servers.keys()]).toEqual([BILLING_SERVER]);
});

it('rejects a list of servers beyond the limits of SMS before any call', async () => {
  const gateway = await frozenGateway();
  const query = `mutation ($input: DeleteServersInput!) { deleteServers(input: $input) {
    ... on SmsInvalidInputError { code fields { path message } }
  } }`;
  const invalid = (message: string) => ({
    deleteServers: { code: 'INVALID_INPUT', fields: [{ path: ['input', 'ids'], message }] },
  });
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);
  expect(await ask(gateway, query, { input: { ids: ids(51) } })).toEqual(invalid('Has 51 items; must have 1 to 50.'));
  expect(await ask(gateway, query, { input: { ids: [] } })).toEqual(invalid('Has 0 items; must have 1 to 50.'));
  expect(await ask(gateway, query, { input: { ids: ['a', 'b'.repeat(37)] } })).toEqual(
    invalid('Item 1 has more than 36 characters.'),
  );
  expect(gateway.emulator.requests).toEqual([]);
});
