/** The reads that return secrets, which are in the schema only when exposed. */
import { expect, it } from 'vitest';
import { READ_ONLY_TOKEN } from '../src/emulator/demo.ts';
import { ask, callsTo, errorsOf, gatewayNow, NOBODY, TEMPLATE } from './ask.ts';
import { WEB_SERVER, WEB_TASK } from './harness.ts';

const exposed = () => gatewayNow({ expose: ['secrets'] });

it('gives the certificates and keys of a task, with a CA when that is asked for', async () => {
  const gateway = await exposed();
  const query = `{
    with: certificateKey(taskId: "${WEB_TASK}", enableCaCert: true) {
      cert privateKey ca targetMgmtCert targetMgmtPrivateKey targetDataCert targetDataPrivateKey
    }
    without: certificateKey(taskId: "${WEB_TASK}") { ca }
    unknown: certificateKey(taskId: "${NOBODY}") { ca }
  }`;
  const certificate = expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n/);
  const key = expect.stringMatching(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(await ask(gateway, query)).toEqual({
    with: {
      cert: certificate,
      privateKey: key,
      ca: certificate,
      targetMgmtCert: certificate,
      targetMgmtPrivateKey: key,
      targetDataCert: certificate,
      targetDataPrivateKey: key,
    },
    without: { ca: null },
    unknown: null,
  });
  expect(callsTo(gateway.emulator).slice(0, 2)).toEqual([
    `GET /v3/tasks/${WEB_TASK}/certkey?enable_ca_cert=true`,
    `GET /v3/tasks/${WEB_TASK}/certkey`,
  ]);
});

it('gives passphrases and passwords, and null for unknown ids', async () => {
  const query = `{
    passphrase(taskId: "${WEB_TASK}")
    targetPassword(templateId: "${TEMPLATE}")
    noPassphrase: passphrase(taskId: "${NOBODY}")
    noPassword: targetPassword(templateId: "${NOBODY}")
  }`;
  expect(await ask(await exposed(), query)).toEqual({
    passphrase: `demo-passphrase-${WEB_TASK}`,
    targetPassword: 'demo-target-password',
    noPassphrase: null,
    noPassword: null,
  });
});

it('gives the secret fields of tasks and templates where SMS does', async () => {
  const query = `{
    serverTemplate(id: "${TEMPLATE}") { targetPassword }
    sourceServer(id: "${WEB_SERVER}") { currentTask { logShareUrl } }
  }`;
  // SMS masks the password of a template everywhere but in the operation that is made for it.
  expect(await ask(await exposed(), query)).toEqual({
    serverTemplate: { targetPassword: '********' },
    sourceServer: { currentTask: { logShareUrl: null } },
  });
});

it('refuses a caller without the right, and tells nothing in the error', async () => {
  const gateway = await exposed();
  const answer = await gateway.send(`{ passphrase(taskId: "${WEB_TASK}") }`, {}, { 'x-auth-token': READ_ONLY_TOKEN });
  expect(answer.body.data).toEqual({ passphrase: null });
  expect(errorsOf(answer)).toEqual([
    { path: ['passphrase'], extensions: { type: 'SmsForbiddenError', code: 'SMS.9004', httpStatus: 403 } },
  ]);
});
