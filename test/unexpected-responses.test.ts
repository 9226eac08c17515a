/** Responses that SMS may send one day: new values, long numbers, other encodings and forms. */
import { describe, expect, it } from 'vitest';
import { ask, gatewayWithResponse } from './support/ask.ts';
import { type Gateway, gatewayTo, httpServer } from './support/harness.ts';

/** Two Chinese characters. */
const GBK = Buffer.from([0xbd, 0xe1, 0xb9, 0xfb]);

describe('a new value', () => {
  it('of an enum becomes UNKNOWN, with the raw value in the text field, and its row is kept', async () => {
    const gateway = await gatewayWithResponse(
      JSON.stringify({
        count: 2,
        tasks: [
          { id: 't-1', name: 'one', type: 'MIGRATE_OBJECT', state: 'HIBERNATING', os_type: 'PLAN9' },
          { id: 't-2', name: 'two', type: null, state: 'READY' },
        ],
      }),
    );
    const fields = 'id name type typeText state stateText osType osTypeText';
    expect(await ask(gateway, `{ migrationTasks { nodes { ${fields} } totalCount } }`)).toEqual({
      migrationTasks: {
        nodes: [
          {
            id: 't-1',
            name: 'one',
            type: 'UNKNOWN',
            typeText: 'MIGRATE_OBJECT',
            state: 'UNKNOWN',
            stateText: 'HIBERNATING',
            osType: 'UNKNOWN',
            osTypeText: 'PLAN9',
          },
          {
            id: 't-2',
            name: 'two',
            type: null,
            typeText: null,
            state: 'READY',
            stateText: 'READY',
            osType: null,
            osTypeText: null,
          },
        ],
        totalCount: 2,
      },
    });
  });

  it('of a lower-case or nested enum becomes UNKNOWN, with the raw value in the text field', async () => {
    const gateway = await gatewayWithResponse(
      JSON.stringify({
        id: 's-1',
        state: 'hibernating',
        migration_cycle: 'syncing',
        firmware: 'COREBOOT',
        checks: [{ name: 'one', result: 'SKIPPED' }],
        current_task: { id: 't-1', target_server: { disks: [{ partition_style: 'APM', device_use: 'SWAP' }] } },
      }),
    );
    const query = `{ sourceServer(id: "s-1") {
      state stateText migrationCycle migrationCycleText firmware firmwareText checks { name result resultText }
      currentTask { targetServer { disks { partitionStyle partitionStyleText deviceUse deviceUseText } } }
    } }`;
    expect(await ask(gateway, query)).toEqual({
      sourceServer: {
        state: 'UNKNOWN',
        stateText: 'hibernating',
        migrationCycle: 'SYNCING',
        migrationCycleText: 'syncing',
        firmware: 'UNKNOWN',
        firmwareText: 'COREBOOT',
        checks: [{ name: 'one', result: 'UNKNOWN', resultText: 'SKIPPED' }],
        currentTask: {
          targetServer: {
            disks: [
              {
                partitionStyle: 'UNKNOWN',
                partitionStyleText: 'APM',
                deviceUse: 'UNKNOWN',
                deviceUseText: 'SWAP',
              },
            ],
          },
        },
      },
    });
  });
});

describe('a number', () => {
  it('of 64 bits keeps every digit in responses: a string beyond 2^53 - 1', async () => {
    const gateway = await gatewayWithResponse(
      '{"id": "s-1", "totalsize": 9007199254740993, "replicatesize": 9007199254740991, "memory": 4096,' +
        '"disks": [{"size": 9223372036854775807, "used_size": 0}]}',
    );
    const query = '{ sourceServer(id: "s-1") { totalsize replicatesize memory disks { size usedSize } } }';
    expect(await ask(gateway, query)).toEqual({
      sourceServer: {
        totalsize: '9007199254740993',
        replicatesize: 9007199254740991,
        memory: 4096,
        disks: [{ size: '9223372036854775807', usedSize: 0 }],
      },
    });
  });

  it('of 64 bits keeps every digit in requests, sent as a number or as a string', async () => {
    const gateway = await gatewayWithResponse('{}');
    const query = `mutation ($size: Long) {
      updateServer(input: { id: "s-1", disks: [
        { id: "1", adjustSize: $size }, { id: "2", adjustSize: 5 }, { id: "3", adjustSize: "9223372036854775807" }
      ] }) { __typename }
    }`;
    expect(await ask(gateway, query, { size: '9007199254740993' })).toEqual({
      updateServer: { __typename: 'UpdateServerSuccess' },
    });
    expect(gateway.bodies).toEqual([
      '{"disks":[{"id":"1","adjust_size":9007199254740993},{"id":"2","adjust_size":5},' +
        '{"id":"3","adjust_size":9223372036854775807}]}',
    ]);
  });

  it('that does not fit its type is an error of its field, not of the row', async () => {
    const gateway = await gatewayWithResponse('{"id": "t-1", "name": "one", "speed_limit": 3000000000}');
    const response = await gateway.send('{ migrationTask(id: "t-1") { name speedLimit } }');
    expect(response.body.data).toEqual({ migrationTask: { name: 'one', speedLimit: null } });
    expect(response.body.errors?.map(({ path }) => path)).toEqual([['migrationTask', 'speedLimit']]);
  });
});

it('reads a time from epoch milliseconds or a string, and null if there is none', async () => {
  const gateway = await gatewayWithResponse(
    JSON.stringify({
      id: 't-1',
      create_date: 1_790_000_000_000,
      start_date: '2026-09-21T14:13:20Z',
      finish_date: null,
      sub_tasks: [{ name: 'SSL_CONFIG', start_date: 0 }],
    }),
  );
  const query = '{ migrationTask(id: "t-1") { createDate startDate finishDate subTasks { startDate endDate } } }';
  expect(await ask(gateway, query)).toEqual({
    migrationTask: {
      createDate: '2026-09-21T14:13:20.000Z',
      startDate: '2026-09-21T14:13:20.000Z',
      finishDate: null,
      subTasks: [{ startDate: '1970-01-01T00:00:00.000Z', endDate: null }],
    },
  });
});

it.each<[string, string, (text: string) => Buffer]>([
  ['UTF-8 with a byte order mark', 'application/json', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16 with a byte order mark', 'application/json', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16', 'application/json; charset=utf-16be', (text) => Buffer.from(text, 'utf16le').swap16()],
  [
    'GBK',
    'application/json;charset=GBK',
    (text) => Buffer.concat([Buffer.from(text.split('结果')[0] ?? ''), GBK, Buffer.from(text.split('结果')[1] ?? '')]),
  ],
])('reads a list in %s', async (_, contentType, bytesOf) => {
  const bytes = bytesOf('{"count": 1, "tasks": [{"id": "t-1", "name": "结果"}]}');
  const origin = await httpServer((__, response) =>
    response.writeHead(200, { 'content-type': contentType }).end(bytes),
  );
  expect(await ask(gatewayTo(origin), '{ migrationTasks { nodes { name } } }')).toEqual({
    migrationTasks: { nodes: [{ name: '结果' }] },
  });
});

describe('consistency results', () => {
  const read = async (gateway: Gateway) => {
    const query = `{ consistencyResults(taskId: "t-1") {
      finishedTime checkResult consistencyResult { dirCheck numTotalFiles numDifferentFiles }
    } }`;
    const { consistencyResults } = await ask(gateway, query);
    return consistencyResults;
  };
  const result = { dir_check: '/srv', num_total_files: 3, num_different_files: 1 };
  const entry = { finished_time: 1_790_000_000_000, check_result: 'success', consistency_result: [result] };
  const check = {
    finishedTime: '2026-09-21T14:13:20.000Z',
    checkResult: 'success',
    consistencyResult: [{ dirCheck: '/srv', numTotalFiles: 3, numDifferentFiles: 1 }],
  };
  const empty = { finishedTime: null, checkResult: null, consistencyResult: null };

  it.each<[string, unknown, unknown]>([
    ['objects', [entry], [check]],
    ['JSON text', [JSON.stringify(entry)], [check]],
    ['objects with directories as JSON text', [{ ...entry, consistency_result: JSON.stringify([result]) }], [check]],
    [
      'text that is not JSON',
      ['success', '"ok"'],
      [
        { ...empty, checkResult: 'success' },
        { ...empty, checkResult: '"ok"' },
      ],
    ],
    ['truncated JSON text', ['{"check_result": "su'], [{ ...empty, checkResult: '{"check_result": "su' }]],
    ['an empty list', [], []],
    ['a list with null', [null, entry], [empty, check]],
    ['numbers', [1], [{ ...empty, checkResult: '1' }]],
  ])('are read from %s', async (_, list, expected) => {
    expect(await read(await gatewayWithResponse(JSON.stringify({ result_list: list })))).toEqual(expected);
  });
});

describe('the response to a write', () => {
  const rename = `mutation {
    updateServer(input: { id: "s", name: "n" }) { __typename ... on SmsUnavailableError { reason message } }
  }`;

  it.each([
    ['{}', 'application/json'],
    ['"OK"', 'application/json'],
    ['OK', 'text/plain'],
    ['{"id":', 'application/json'],
    ['', 'text/plain'],
    ['success', 'text/plain'],
  ])('is a success if it is %j (%s)', async (text, contentType) => {
    expect(await ask(await gatewayWithResponse(text, contentType), rename)).toEqual({
      updateServer: { __typename: 'UpdateServerSuccess' },
    });
  });

  it.each([
    ['a web page', '<html>Sign in</html>', 'text/html; charset=utf-8'],
    ['a text', 'Internal Server Error', 'text/plain'],
    ['a text', '"Bad Gateway"', 'application/json'],
  ])('is an error if it is %s, which does not come from SMS: %j', async (what, text, contentType) => {
    expect(await ask(await gatewayWithResponse(text, contentType), rename)).toEqual({
      updateServer: {
        __typename: 'SmsUnavailableError',
        reason: 'INVALID_ANSWER',
        message: `SMS responded with ${what}. Whether the call was carried out is not known: check the source server before you repeat it.`,
      },
    });
  });
});
