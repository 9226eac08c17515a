/** Why something failed: SMS's codes in sentences. */
import { describe, expect, it } from 'vitest';
import { DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import codes from '../src/sms/errors/error-codes.json' with { type: 'json' };
import { errorInText, errorWithCode } from '../src/sms/operations/migration-error.ts';
import table from '../src/sms/operations/migration-errors.json' with { type: 'json' };
import { ask, DEMO_DATA, frozenGateway, LEGACY_SERVER, LEGACY_TASK } from './support/ask.ts';
import { gatewayTo } from './support/harness.ts';
import { serverId, taskId, wideSms } from './support/wide-sms.ts';

/** SMS's sources do not say what these mean. */
const WITHOUT_MEANING = ['SMS.1302', 'SMS.5647'];
/** Codes of failed API calls in the range of the codes of agents. */
const OF_CALLS = ['SMS.1038', 'SMS.1039', 'SMS.1040', 'SMS.2002', 'SMS.2005', 'SMS.2006', 'SMS.2206', 'SMS.2216'];
const ALSO_OF_CALLS = ['SMS.2248', 'SMS.2252'];

describe('The table of migration errors', () => {
  it('has every code that an agent reports', () => {
    const ofAgents = Object.keys(codes).filter(
      (code) => /^SMS\.[0-5]/.test(code) && ![...OF_CALLS, ...ALSO_OF_CALLS, ...WITHOUT_MEANING].includes(code),
    );
    expect(ofAgents.filter((code) => !(code in table.codes))).toEqual([]);
  });

  it('has only codes of SMS', () => {
    expect(Object.keys(table.codes).filter((code) => !(code in codes))).toEqual([]);
  });

  it.each(Object.entries(table.codes))('explains %s in two languages, with a next step', (code) => {
    const error = (language: 'en' | 'zh') => errorInText(`{"error_code":"${code}","error_param":"[]"}`, language);
    expect(error('en')).toEqual({ code, params: [], message: expect.stringMatching(/^[A-Z][ -~]+\. [A-Z][ -~]+\.$/) });
    expect(error('zh')).toEqual({
      code,
      params: [],
      message: expect.stringMatching(/[\u4e00-\u9fa5].*。.*[\u4e00-\u9fa5].*。$/u),
    });
  });
});

describe('The error of a text', () => {
  const RSYNC = 'The program rsync is not installed. Fix this on the source server, then let SMS check it again.';

  it.each([
    ['parameters as a text', '{"error_code":"SMS.6517","error_param":"[\\"a\\", \\"b\\"]"}', ['a', 'b']],
    ['parameters as a list', '{"error_param":["a",2,null,{"b":[3]}],"error_code":"SMS.6517"}', ['a', '2', '{"b":[3]}']],
    ['one parameter', '{"error_code":"SMS.6517","error_param":"/boot"}', ['/boot']],
    ['parameters that are JSON, but not a list', '{"error_code":"SMS.6517","error_param":"{\\"a\\":1}"}', ['{"a":1}']],
    ['no parameters', ' {"error_code":"sms6517"} ', []],
    ['a text that is cut off', '{"error_code":"SMS.6517","error_param":"[\\"/mnt/da', []],
  ])('has a code and parameters with %s', (_, text, params) => {
    expect(errorInText(text, 'en')).toEqual({ code: 'SMS.6517', params, message: RSYNC });
  });

  it.each(['', ' ', '{}', '{ }', 'null', null, undefined])('is null for %o', (text) => {
    expect(errorInText(text, 'en')).toBeNull();
  });

  it.each([
    ['an unknown code', '{"error_code":"SMS.5999","error_param":"[\\"x\\"]"}', 'SMS.5999', ['x'], null],
    ['a code without a known meaning', '{"error_code":"SMS.1302","error_param":"[]"}', 'SMS.1302', [], null],
    ['an unknown code with a text', '{"error_code":"X.1","error_msg":"Odd."}', 'X.1', [], 'Odd.'],
    ['a text without a code', '{"error_msg":"Odd."}', null, [], 'Odd.'],
    ['a text that is not JSON', 'Disk <sda> burnt', null, [], 'Disk <sda> burnt'],
    ['JSON of another form', '["?"]', null, [], '["?"]'],
  ])("has SMS's own text for %s", (_, text, code, params, message) => {
    expect(errorInText(text, 'zh')).toEqual({ code, params, message });
  });

  it.each([null, undefined, '', ' '])('is null for a check whose code is %o', (code) => {
    expect(errorWithCode(code, 'rsync', 'en')).toBeNull();
  });
});

describe('The error of an object', () => {
  const SSH = {
    en: 'There is no SSH connection to the target server. Check the network: routes, firewalls, security groups, proxy and DNS. Then start the task again.',
    zh: '无法通过 SSH 连接目的端。请检查网络：路由、防火墙、安全组、代理和 DNS，然后重新启动任务。',
  };
  const QUERY = `query ($task: ID!, $server: ID!) {
    migrationTask(id: $task) { error { code params message } }
    sourceServer(id: $server) { checks { result error { code params message } } currentTask { error { code } } }
    failedServers { nodes { sourceId error { code params message } } }
  }`;

  it.each(['en', 'zh'] as const)('has a message in the language of the request: %s', async (language) => {
    const gateway = await frozenGateway();
    const headers = { 'x-auth-token': DEMO_TOKEN, ...(language === 'zh' && { 'x-language': 'zh-CN' }) };
    const { emulator } = gateway;
    const target = emulator.state.tasks.get(LEGACY_TASK)?.migration_ip;
    const error = { code: 'SMS.3802', params: [target], message: SSH[language] };
    const { body } = await gateway.send(QUERY, { task: LEGACY_TASK, server: LEGACY_SERVER }, headers);
    expect(body).toEqual({
      data: {
        migrationTask: { error },
        sourceServer: { checks: expect.any(Array), currentTask: { error: { code: 'SMS.3802' } } },
        failedServers: { nodes: [{ sourceId: LEGACY_SERVER, error }] },
      },
    });
  });

  it('explains the failed checks of source servers', async () => {
    const gateway = await frozenGateway({}, DEMO_DATA);
    type Checks = { sourceServers: { nodes: { checks: { result: string; error: object | null }[] }[] } };
    const query = '{ sourceServers { nodes { checks { result error { code params message } } } } }';
    const { sourceServers } = await ask<Checks>(gateway, query);
    const checks = sourceServers.nodes.flatMap((node) => node.checks);
    const message = 'The program rsync is not installed. Fix this on the source server, then let SMS check it again.';
    expect(checks.filter(({ error }) => error !== null)).toEqual([
      { result: 'ERROR', error: { code: 'SMS.6517', params: ['rsync'], message } },
    ]);
  });

  it('is an error of its own row only, whatever SMS sends', async () => {
    const texts = ['', 'garbage', '{"error_code":"SMS.0411","error_param":"[\\"sda\\"]"}', '{"error_code":'];
    const { origin } = await wideSms({
      before: (path) =>
        path === '/v3/tasks'
          ? {
              status: 200,
              body: { count: 4, tasks: texts.map((error_json, index) => ({ id: taskId(index), error_json })) },
            }
          : undefined,
    });
    const query = '{ migrationTasks { nodes { id error { code params message } } } }';
    const message =
      'A disk no longer exists. Check in Huawei Cloud that the resource exists and is in order, then start the task again.';
    expect(await ask(gatewayTo(origin), query)).toEqual({
      migrationTasks: {
        nodes: [
          { id: taskId(0), error: null },
          { id: taskId(1), error: { code: null, params: [], message: 'garbage' } },
          { id: taskId(2), error: { code: 'SMS.0411', params: ['sda'], message } },
          { id: taskId(3), error: { code: null, params: [], message: '{"error_code":' } },
        ],
      },
    });
  });

  it('is null for a source server whose list of checks has none', async () => {
    const { origin } = await wideSms({
      servers: 1,
      server: (_, row) => ({ ...row, checks: [{ id: 1, result: 'OK', error_code: null, error_params: '' }] }),
    });
    const query = '{ sourceServers { nodes { id checks { error { code } } } } }';
    expect(await ask(gatewayTo(origin), query)).toEqual({
      sourceServers: { nodes: [{ id: serverId(0), checks: [{ error: null }] }] },
    });
  });
});
