import { expect, test } from 'vitest';
import { exportResult, startGateway, WEB_TASK } from './support/harness.ts';

interface InvalidField {
  path: string[];
  message: string;
}

test.each<[string, object[], InvalidField[]]>([
  ['no task', [], [{ path: ['input', 'taskInfo'], message: 'Has 0 items; must have 1 to 10000.' }]],
  [
    '10,001 tasks',
    Array.from({ length: 10_001 }, () => ({ taskId: WEB_TASK })),
    [{ path: ['input', 'taskInfo'], message: 'Has 10001 items; must have 1 to 10000.' }],
  ],
  [
    'ids and a name that are too long, each with its path',
    [{ taskId: WEB_TASK }, { taskId: 'a'.repeat(37), sourceId: 'b'.repeat(256) }, { sourceName: 'c'.repeat(256) }],
    [
      { path: ['input', 'taskInfo', '1', 'taskId'], message: 'Has 37 characters; must have 1 to 36.' },
      { path: ['input', 'taskInfo', '1', 'sourceId'], message: 'Has 256 characters; must have 1 to 255.' },
      { path: ['input', 'taskInfo', '2', 'sourceName'], message: 'Has 256 characters; must have 1 to 255.' },
    ],
  ],
  [
    'items without an id or name',
    [{ taskId: WEB_TASK }, {}, { taskId: null, sourceId: null, sourceName: null }],
    [
      { path: ['input', 'taskInfo', '1'], message: 'Must have a taskId, a sourceId or a sourceName.' },
      { path: ['input', 'taskInfo', '2'], message: 'Must have a taskId, a sourceId or a sourceName.' },
    ],
  ],
  [
    'an empty name',
    [{ taskId: WEB_TASK, sourceName: '' }],
    [{ path: ['input', 'taskInfo', '0', 'sourceName'], message: 'Has 0 characters; must have 1 to 255.' }],
  ],
])('an input with %s is rejected before any call', async (_, taskInfo, fields) => {
  const gateway = await startGateway();
  expect(await exportResult(gateway, { taskInfo })).toEqual({
    __typename: 'SmsInvalidInputError',
    message: fields.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' '),
    code: 'INVALID_INPUT',
    requestId: null,
    fields,
    errorParam: null,
    details: null,
  });
  expect(gateway.emulator.requests).toEqual([]);
});

test('an error names at most 20 invalid fields', async () => {
  const gateway = await startGateway();
  const taskInfo = Array.from({ length: 30 }, () => ({ taskId: 'a'.repeat(37) }));
  const { fields } = (await exportResult(gateway, { taskInfo })) as { fields: InvalidField[] };
  expect(fields.map(({ path }) => path[2])).toEqual(Array.from({ length: 20 }, (_, index) => String(index)));
});

test('lengths are counted in characters, not in UTF-16 units', async () => {
  const gateway = await startGateway();
  const taskInfo = [{ taskId: WEB_TASK, sourceId: 'b'.repeat(255), sourceName: '🚀'.repeat(255) }];
  expect(await exportResult(gateway, { taskInfo })).toMatchObject({ __typename: 'ExportConsistencyResultsSuccess' });
});

test('an input in the document is checked like one in a variable', async () => {
  const gateway = await startGateway();
  const { body } = await gateway.send(
    `mutation { exportConsistencyResults(input: { taskInfo: { taskId: "${'a'.repeat(37)}" } }) {
      ... on SmsInvalidInputError { fields { path } }
    } }`,
  );
  expect(body).toEqual({
    data: { exportConsistencyResults: { fields: [{ path: ['input', 'taskInfo', '0', 'taskId'] }] } },
  });
});
