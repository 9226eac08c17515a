/** What a gateway opens by its settings, and the errors if it cannot. */
import { chmodSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../src/config/config.ts';
import { SettingsError } from '../src/config/settings.ts';
import type { Emulator } from '../src/emulator/server.ts';
import { DEMO_ACCESS_KEY, DEMO_TOKEN } from '../src/emulator/world/demo-credentials.ts';
import { createGateway, GRAPHQL_PATH } from '../src/gateway.ts';
import { createLog } from '../src/logging/log.ts';
import { taskWatches } from '../src/sms/operations/task-watch.ts';
import { openUpstream } from '../src/upstream.ts';
import { callsTo } from './support/ask.ts';
import { certificateFactory } from './support/certificates.ts';
import { exportResult, type Gateway } from './support/harness.ts';
import { closedOrigin, startTestEmulator } from './support/sms-client.ts';

const KEY = { HUAWEICLOUD_SDK_AK: DEMO_ACCESS_KEY.ak, HUAWEICLOUD_SDK_SK: DEMO_ACCESS_KEY.sk };
const CALL = 'POST /v3/tasks/consistency-results/export';
const SUCCESS = { __typename: 'ExportConsistencyResultsSuccess' };
const { createAuthority, issueCertificate, folder } = certificateFactory();

async function gatewayOf(env: Record<string, string>, log = createLog('silent')): Promise<Pick<Gateway, 'send'>> {
  const config = readConfig(env);
  const upstream = await openUpstream(config, log);
  const watches = taskWatches();
  onTestFinished(() => upstream.close());
  const gateway = createGateway({ ...config, ...upstream, watches, log, graphiql: null });
  const send: Gateway['send'] = async (query, variables = {}, headers = { 'x-auth-token': DEMO_TOKEN }) => {
    const response = await gateway.fetch(`http://gateway.test${GRAPHQL_PATH}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as never };
  };
  return { send };
}

const exportBy = async (env: Record<string, string>) => exportResult((await gatewayOf(env)) as Gateway);
const endpointOf = ({ url }: Emulator) => ({ SMS_ENDPOINT: url });

describe('a gateway', () => {
  test('signs and forwards to an SMS on loopback without calls to IAM', async () => {
    const emulator = await startTestEmulator();
    expect(await exportBy({ ...KEY, ...endpointOf(emulator) })).toMatchObject(SUCCESS);
    expect(callsTo(emulator)).toEqual([CALL]);
  });

  test('checks tokens with the configured IAM', async () => {
    const emulator = await startTestEmulator();
    const env = { ...KEY, ...endpointOf(emulator), HUAWEICLOUD_SDK_IAM_ENDPOINT: emulator.url };
    expect(await exportBy(env)).toMatchObject(SUCCESS);
    expect(callsTo(emulator)).toEqual(['GET /v3/auth/tokens', CALL]);
  });

  test('exchanges tokens for temporary keys', async () => {
    const emulator = await startTestEmulator();
    const env = { ...endpointOf(emulator), SMS_AUTH: 'exchange', HUAWEICLOUD_SDK_IAM_ENDPOINT: emulator.url };
    expect(await exportBy(env)).toMatchObject(SUCCESS);
    expect(callsTo(emulator)).toEqual(['POST /v3.0/OS-CREDENTIAL/securitytokens', CALL]);
  });

  test('retries reads, and fails over to the next endpoint', async () => {
    const emulator = await startTestEmulator();
    emulator.fault({ kind: 'status', status: 503, body: {} });
    const env = { ...KEY, SMS_ENDPOINT: `${await closedOrigin()},${emulator.url}` };
    expect(await exportBy(env)).toMatchObject(SUCCESS);
    expect(callsTo(emulator)).toEqual([CALL, CALL]);
  });

  test('signs with the key from the metadata of its cloud server', async () => {
    const emulator = await startTestEmulator();
    const env = { ...endpointOf(emulator), SMS_KEY_SOURCE: 'ecs-metadata', SMS_METADATA_ENDPOINT: emulator.url };
    expect(await exportBy(env)).toMatchObject(SUCCESS);
    expect(emulator.requests[2]?.headers['authorization']).toContain('Access=DEMOTMP');
  });

  test('signs with the key in a file', async () => {
    const emulator = await startTestEmulator();
    const path = join(folder, 'key.json');
    writeFileSync(path, JSON.stringify(DEMO_ACCESS_KEY));
    const env = { ...endpointOf(emulator), SMS_KEY_SOURCE: 'file', SMS_KEY_FILE: path };
    expect(await exportBy(env)).toMatchObject(SUCCESS);
  });

  test('trusts the configured certificate authority and presents the client certificate', async () => {
    const ca = createAuthority('our-authority');
    const [server, client] = [issueCertificate('sms', ca), issueCertificate('gateway', ca)];
    const { cert, key } = server;
    const tls = createServer({ cert, key, ca: ca.cert, requestCert: true }, (_, response) => response.end('a,file'));
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      tls.close();
      tls.closeAllConnections();
    });
    const { port } = tls.address() as AddressInfo;
    const own = { SMS_CLIENT_CERT_FILE: client.certFile, SMS_CLIENT_KEY_FILE: client.keyFile };
    const env = { ...KEY, SMS_ENDPOINT: `https://localhost:${port}`, SMS_CA_FILE: ca.certFile };
    expect(await exportBy({ ...env, ...own })).toMatchObject(SUCCESS);
    expect(await exportBy(env)).toMatchObject({ reason: 'UNREACHABLE' });
  });
});

describe('the key file', () => {
  /** Warnings about a key file with this mode. */
  async function warningsOf(mode: number, kind: 'file' | 'profile' = 'file'): Promise<unknown[]> {
    const path = join(folder, `key-${kind}-${mode.toString(8)}`);
    writeFileSync(path, `${kind === 'profile' ? '[basic]\n' : ''}ak = an-ak\nsk = hidden\n`);
    chmodSync(path, mode);
    const place = kind === 'file' ? { SMS_KEY_FILE: path } : { HUAWEICLOUD_SDK_CREDENTIALS_FILE: path };
    const warnings: unknown[] = [];
    const log = { info: () => {}, warn: (...entry: unknown[]) => void warnings.push(...entry) };
    const config = readConfig({ SMS_ENDPOINT: 'http://127.0.0.1:1', SMS_KEY_SOURCE: kind, ...place });
    await (await openUpstream(config, log)).close();
    return warnings;
  }

  test.each([
    ['read', 0o604, 'file', /^SMS_KEY_FILE \(.+\) can be read or changed by every user of this machine\./],
    ['change', 0o602, 'file', /^SMS_KEY_FILE /],
    ['read as a profile', 0o644, 'profile', /^HUAWEICLOUD_SDK_CREDENTIALS_FILE /],
  ] as const)('causes a warning if every user can %s it', async (_, mode, kind, warning) => {
    expect(await warningsOf(mode, kind)).toEqual([expect.stringMatching(warning)]);
  });

  test.each([0o600, 0o640])('causes no warning with mode %o', async (mode) => {
    expect(await warningsOf(mode)).toEqual([]);
  });

  test('causes a warning if it no longer contains a key, while the last key stays in use', async () => {
    const emulator = await startTestEmulator();
    const path = join(folder, 'watched.json');
    writeFileSync(path, JSON.stringify(DEMO_ACCESS_KEY), { mode: 0o600 });
    const warnings: unknown[] = [];
    const log = { ...createLog('silent'), warn: (...entry: unknown[]) => void warnings.push(entry) };
    const gateway = await gatewayOf({ ...endpointOf(emulator), SMS_KEY_SOURCE: 'file', SMS_KEY_FILE: path }, log);
    writeFileSync(path, '{"ak": "hidden');
    const call = () => exportResult(gateway as Gateway);
    await expect.poll(async () => [await call(), warnings.length], { timeout: 10_000 }).toMatchObject([SUCCESS, 1]);
    expect(warnings).toEqual([
      [
        { why: 'The file is not valid JSON.' },
        expect.stringMatching(/^SMS_KEY_FILE \(.+\) provides no key\. The last key stays in use$/),
      ],
    ]);
  });
});

describe('a gateway does not start', () => {
  test.each([
    [
      'without its key file',
      { SMS_KEY_SOURCE: 'file', SMS_KEY_FILE: '/nowhere' },
      'SMS_KEY_SOURCE is "file", but SMS_KEY_FILE ("/nowhere") provides no key. The file cannot be read (ENOENT).',
    ],
    [
      'if SMS_KEY_FILE holds the content of a key file',
      { SMS_KEY_SOURCE: 'file', SMS_KEY_FILE: '{"ak":"an-ak","sk":"hidden"}' },
      'SMS_KEY_SOURCE is "file", but SMS_KEY_FILE ([redacted]) provides no key. The file cannot be read (ENOENT).',
    ],
    [
      'if SMS_KEY_FILE is too long for a path',
      { SMS_KEY_SOURCE: 'file', SMS_KEY_FILE: 'hidden'.repeat(1_000) },
      'SMS_KEY_SOURCE is "file", but SMS_KEY_FILE ([redacted]) provides no key. The file cannot be read (ENAMETOOLONG).',
    ],
    [
      'without its profile',
      { SMS_KEY_SOURCE: 'profile', HUAWEICLOUD_SDK_CREDENTIALS_FILE: '/nowhere' },
      'SMS_KEY_SOURCE is "profile", but HUAWEICLOUD_SDK_CREDENTIALS_FILE ("/nowhere") provides no key. The file cannot be read (ENOENT).',
    ],
    [
      'if HUAWEICLOUD_SDK_CREDENTIALS_FILE holds the content of a profile',
      { SMS_KEY_SOURCE: 'profile', HUAWEICLOUD_SDK_CREDENTIALS_FILE: '[basic]\nak=an-ak\nsk=hidden' },
      'SMS_KEY_SOURCE is "profile", but HUAWEICLOUD_SDK_CREDENTIALS_FILE ([redacted]) provides no key. The file cannot be read (ENOENT).',
    ],
    [
      'without the certificate authority',
      { SMS_CA_FILE: '/nowhere' },
      'SMS_CA_FILE names a file that cannot be read (ENOENT).',
    ],
    [
      'without its client certificate',
      { SMS_CLIENT_CERT_FILE: '/nowhere', SMS_CLIENT_KEY_FILE: '/nowhere' },
      'SMS_CLIENT_CERT_FILE names a file that cannot be read (ENOENT).',
    ],
  ])('%s', async (_, env, message) => {
    await expect(
      openUpstream(readConfig({ SMS_ENDPOINT: 'http://127.0.0.1:1', ...env }), createLog('silent')),
    ).rejects.toThrow(new SettingsError(message));
  });

  test('if the private key belongs to another certificate', async () => {
    const ca = createAuthority('another-authority');
    const [one, other] = [issueCertificate('one', ca), issueCertificate('other', ca)];
    const own = { SMS_CLIENT_CERT_FILE: one.certFile, SMS_CLIENT_KEY_FILE: other.keyFile };
    await expect(
      openUpstream(readConfig({ SMS_ENDPOINT: 'http://127.0.0.1:1', ...own }), createLog('silent')),
    ).rejects.toThrow(
      'SMS_CLIENT_KEY_FILE names a file that does not contain the private key of SMS_CLIENT_CERT_FILE.',
    );
  });

  test('if a certificate file contains no certificate', async () => {
    const path = join(folder, 'nonsense.pem');
    writeFileSync(path, 'nonsense');
    const config = readConfig({ SMS_ENDPOINT: 'http://127.0.0.1:1', SMS_CA_FILE: path });
    await expect(openUpstream(config, createLog('silent'))).rejects.toThrow(
      'SMS_CA_FILE names a file that contains no certificate.',
    );
  });
});
