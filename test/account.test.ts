/** What belongs to the account and the API as a whole. */
import { expect, it } from 'vitest';
import { NO_RIGHTS_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { ask, callsTo, frozenGateway } from './support/ask.ts';

it('records that the privacy statement is accepted, once and for all', async () => {
  const gateway = await frozenGateway();
  gateway.emulator.state.privacyAgreed = false;
  const query = '{ privacyAgreement { flag } }';
  expect(await ask(gateway, query)).toEqual({ privacyAgreement: { flag: false } });
  const accept =
    'mutation { acceptPrivacyAgreement { ... on AcceptPrivacyAgreementSuccess { privacyAgreement { flag } } } }';
  // SMS asks no permission for it.
  expect(await ask(gateway, accept, {}, NO_RIGHTS_TOKEN)).toEqual({
    acceptPrivacyAgreement: { privacyAgreement: { flag: true } },
  });
  expect(await ask(gateway, query)).toEqual({ privacyAgreement: { flag: true } });
  expect(gateway.emulator.state.privacyAgreed).toBe(true);
});

it('lists the versions of the API, and shows one', async () => {
  const gateway = await frozenGateway();
  const fields = 'version status updated links { href rel }';
  const version = {
    version: 'v3',
    status: 'SUPPORTED',
    updated: '2020-09-02T17:50:00.000Z',
    links: [{ href: `${gateway.emulator.url}/v3`, rel: 'self' }],
  };
  const query = `{ apiVersions { ${fields} } apiVersion(version: "v3") { ${fields} } old: apiVersion(version: "v2") { version } }`;
  expect(await ask(gateway, query)).toEqual({ apiVersions: [version], apiVersion: version, old: null });
  expect(callsTo(gateway.emulator)).toEqual(['GET /', 'GET /v3', 'GET /v2']);
});

it('asks for no version that could be another path', async () => {
  const gateway = await frozenGateway();
  const { body } = await gateway.send('{ apiVersion(version: "v3/tasks") { version } }');
  expect(body.errors?.[0]?.extensions).toEqual({
    type: 'SmsInvalidInputError',
    code: 'INVALID_INPUT',
    requestId: null,
    httpStatus: 400,
    kind: 'INVALID',
    fields: [{ path: ['version'], message: 'Must match ^v[.0-9a-zA-Z]*$.' }],
  });
  expect(gateway.emulator.requests).toEqual([]);
});
