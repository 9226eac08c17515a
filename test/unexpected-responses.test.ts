/** Answers that SMS may give one day: what is new comes through, and no digit is lost. */
import { describe, expect, it } from 'vitest';
import { ask, gatewayWithResponse } from './support/ask.ts';
import { type Gateway, gatewayTo, httpServer } from './support/harness.ts';

/** Two Chinese characters. */
const GBK = Buffer.from([0xbd, 0xe1, 0xb9, 0xfb]);

describe('a value that is new', () => {
  it('of an enum reads UNKNOWN, and as it is in the text beside, and the row is there', async () => {
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

  it('of an enum in lower case does so too, and so do values within', async () => {
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
  it('of 64 bits keeps every digit: as a number up to 2^53 - 1, and as a text beyond', async () => {
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

  it('that is sent keeps every digit too, given as a number or as a text', async () => {
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

  it('that does not fit its type costs its field, by name, and not the row', async () => {
    const gateway = await gatewayWithResponse('{"id": "t-1", "name": "one", "speed_limit": 3000000000}');
    const answer = await gateway.send('{ migrationTask(id: "t-1") { name speedLimit } }');
    expect(answer.body.data).toEqual({ migrationTask: { name: 'one', speedLimit: null } });
    expect(answer.body.errors?.map(({ path }) => path)).toEqual([['migrationTask', 'speedLimit']]);
  });
});

it('reads times as epoch milliseconds or as text, and none as null', async () => {
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
  ['UTF-8 behind a mark', 'application/json', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16 behind a mark', 'application/json', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16', 'application/json; charset=utf-16be', (text) => Buffer.from(text, 'utf16le').swap16()],
  [
    'GBK',
    'application/json;charset=GBK',
    (text) => Buffer.concat([Buffer.from(text.split('结果')[0] ?? ''), GBK, Buffer.from(text.split('结果')[1] ?? '')]),
  ],
])('reads lists of %s', async (_, contentType, bytesOf) => {
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
  const nothing = { finishedTime: null, checkResult: null, consistencyResult: null };

  it.each<[string, unknown, unknown]>([
    ['objects', [entry], [check]],
    ['JSON text', [JSON.stringify(entry)], [check]],
    ['objects whose directories are JSON text', [{ ...entry, consistency_result: JSON.stringify([result]) }], [check]],
    [
      'text that is not JSON',
      ['success', '"ok"'],
      [
        { ...nothing, checkResult: 'success' },
        { ...nothing, checkResult: '"ok"' },
      ],
    ],
    ['JSON text that breaks off', ['{"check_result": "su'], [{ ...nothing, checkResult: '{"check_result": "su' }]],
    ['nothing', [], []],
    ['entries of null', [null, entry], [nothing, check]],
    ['numbers', [1], [{ ...nothing, checkResult: '1' }]],
  ])('are read where they come as %s', async (_, list, found) => {
    expect(await read(await gatewayWithResponse(JSON.stringify({ result_list: list })))).toEqual(found);
  });
});

describe('what a write is answered with', () => {
  const rename = `mutation {
    updateServer(input: { id: "s", name: "n" }) { __typename ... on SmsUnavailableError { reason message } }
  }`;

  it.each([
    ['{}', 'application/json'],
    ['"OK"', 'application/json'],
    ['OK', 'text/plain'],
    ['{"id":', 'application/json'],
    ['', 'text/plain'],
  ])('is an acknowledgement as %j (%s)', async (text, contentType) => {
    expect(await ask(await gatewayWithResponse(text, contentType), rename)).toEqual({
      updateServer: { __typename: 'UpdateServerSuccess' },
    });
  });

  it('is none where it is a web page, for that is not from SMS', async () => {
    expect(await ask(await gatewayWithResponse('<html>Sign in</html>', 'text/html; charset=utf-8'), rename)).toEqual({
      updateServer: {
        __typename: 'SmsUnavailableError',
        reason: 'INVALID_ANSWER',
        message:
          'SMS answered with a web page. Whether the call was carried out is not known: check the source server before you repeat it.',
      },
    });
  });
});
