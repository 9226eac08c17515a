/** The privacy agreement and the versions of the API. */
import { expect, it } from 'vitest';
import { NO_RIGHTS_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { ask, callsTo, frozenGateway } from './support/ask.ts';

it('accepts the privacy agreement for good', async () => {
  const gateway = await frozenGateway();
  gateway.emulator.state.privacyAgreed = false;
  const query = '{ privacyAgreement { flag } }';
  expect(await ask(gateway, query)).toEqual({ privacyAgreement: { flag: false } });
  const accept =
    'mutation { acceptPrivacyAgreement { ... on AcceptPrivacyAgreementSuccess { privacyAgreement { flag } } } }';
  // SMS requires no permission for this.
  expect(await ask(gateway, accept, {}, NO_RIGHTS_TOKEN)).toEqual({
    acceptPrivacyAgreement: { privacyAgreement: { flag: true } },
  });
  expect(await ask(gateway, query)).toEqual({ privacyAgreement: { flag: true } });
  expect(gateway.emulator.state.privacyAgreed).toBe(true);
});

it('reads all versions of the API, one version, and null for an unknown one', async () => {
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

it('rejects a version that could be another path before any call', async () => {
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
