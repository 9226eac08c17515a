/** graphql-http's audits of the specification https://graphql.github.io/graphql-over-http. */
import { serverAudits } from 'graphql-http';
import { expect, test } from 'vitest';
import { listen, startGateway } from './support/harness.ts';

const audits = serverAudits({ url: '' });

test('graphql-http has audits of every requirement level', () => {
  const levels = audits.map(({ name }) => name.split(' ')[0]);
  expect([...new Set(levels)]).toEqual(['SHOULD', 'MUST', 'MAY']);
});

test.each(audits)('the audit $id passes: $name', async ({ id, name }) => {
  const url = `${await listen(await startGateway())}/graphql`;
  const audit = serverAudits({ url }).find((one) => one.id === id);
  const { status } = (await audit?.fn()) ?? {};
  expect(status).toBeOneOf(name.startsWith('MAY') ? ['ok', 'notice'] : ['ok']);
});
