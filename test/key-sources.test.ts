import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { keySource } from '../src/access-key/key-source.ts';
import { renewingKey } from '../src/access-key/renewing-key.ts';
import type { HeldKey, KeySource } from '../src/sms/auth/credentials.ts';
import { signed } from '../src/sms/auth/credentials.ts';
import { callsTo } from './support/ask.ts';
import { testClock } from './support/clock.ts';
import { httpServer } from './support/harness.ts';
import { outcomeOf, read, startTestEmulator, upstreamTo } from './support/sms-client.ts';

const MINUTE = 60_000;

/** A temporary file with this content. */
function aFile(content: string) {
  const folder = mkdtempSync(join(tmpdir(), 'key-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'credentials');
  writeFileSync(path, content);
  return path;
}

async function currentOf(source: HeldKey | KeySource): Promise<HeldKey> {
  return typeof source === 'function' ? source() : source;
}

describe('a key profile', () => {
  const read = (content: string) => keySource({ kind: 'profile', path: aFile(content) });

  test.each<[string, string, HeldKey]>([
    [
      'an account',
      '[global]\nak = an-ak\nsk = an-sk=+/\ndomain_id = a-domain\n',
      {
        ak: 'an-ak',
        sk: 'an-sk=+/',
        domainId: 'a-domain',
      },
    ],
    [
      'a project',
      '# a comment\r\n[other]\r\nak=no\r\n\r\n[basic]\r\nak: an-ak\r\nsk: an-sk\r\nproject_id: a-project',
      {
        ak: 'an-ak',
        sk: 'an-sk',
        projectId: 'a-project',
      },
    ],
    [
      'a temporary key',
      '; a comment\n[basic]\nak=an-ak\nsk=an-sk\nsecurity_token=a-token\niam_endpoint=https://x',
      {
        ak: 'an-ak',
        sk: 'an-sk',
        securityToken: 'a-token',
      },
    ],
    ['both, which is that of the account', '[basic]\nak=b\nsk=b\n[global]\nak=g\nsk=g\n', { ak: 'g', sk: 'g' }],
  ])('contains the key of %s', async (_, content, key) => {
    expect(await read(content)).toEqual(key);
  });

  test.each([
    ['no section', 'ak=secret-ak\nsk=secret-sk', 'The file has no section [global] or [basic].'],
    ['an ak without an sk', '[global]\nak=secret-ak', 'The file has no ak and sk.'],
    [
      'a key that cannot be sent',
      '[global]\nak=secret ak\nsk=secret-sk',
      'The file has a value of ak that is not visible ASCII.',
    ],
    ['a comma in its id', '[global]\nak=secret,x\nsk=secret-sk', 'The file has an ak with a comma.'],
    [
      'two ids',
      '[global]\nak=a\nsk=b\ndomain_id=c\nproject_id=d',
      'The file has a domain_id and a project_id. SMS takes one of them.',
    ],
  ])('with %s is rejected', async (_, content, message) => {
    const error = await read(content).then(
      () => new Error('It was taken.'),
      (error: Error) => error,
    );
    expect(error.message).toBe(message);
  });

  test('that is missing is rejected', async () => {
    await expect(keySource({ kind: 'profile', path: '/nowhere/at/all' })).rejects.toThrow(
      'The file cannot be read (ENOENT).',
    );
  });
});

describe('a key file', () => {
  const watched = async (content: string) => {
    const clock = testClock(0);
    const path = aFile(content);
    const warnings: string[] = [];
    const warn = (why: string) => void warnings.push(why);
    const source = await keySource({ kind: 'file', path }, { clock, warn });
    const current = async (later: number) => {
      clock.advance(later);
      return currentOf(source);
    };
    return { path, current, warnings };
  };

  test.each([
    ['JSON', '{"ak": "an-ak", "sk": "an-sk", "security_token": "a-token"}'],
    ['INI', 'ak = an-ak\nsk = an-sk\nsecurity_token = a-token\n'],
  ])('may be %s', async (_, content) => {
    const { current } = await watched(content);
    expect(await current(0)).toEqual({ ak: 'an-ak', sk: 'an-sk', securityToken: 'a-token' });
  });

  test('is read again within a second of a change', async () => {
    const { path, current } = await watched('{"ak": "old", "sk": "old"}');
    writeFileSync(path, '{"ak": "newer", "sk": "newer"}');
    expect(await current(999)).toMatchObject({ ak: 'old' });
    expect(await current(1)).toMatchObject({ ak: 'newer' });
  });

  test('may be replaced by another file', async () => {
    const { path, current } = await watched('{"ak": "old", "sk": "old"}');
    writeFileSync(`${path}.next`, '{"ak": "new", "sk": "new"}');
    renameSync(`${path}.next`, path);
    expect(await current(1_000)).toMatchObject({ ak: 'new' });
  });

  test('may be in a Secret that Kubernetes mounts, and is read again when the Secret changes', async () => {
    // key.json is a link into the folder ..data, which is a link to the folder of the current version.
    const folder = mkdtempSync(join(tmpdir(), 'secret-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const mount = (version: string) => {
      mkdirSync(join(folder, version));
      writeFileSync(join(folder, version, 'key.json'), `{"ak": "${version}", "sk": "an-sk"}`);
      symlinkSync(version, join(folder, '..data_tmp'));
      renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
    };
    mount('old');
    const path = join(folder, 'key.json');
    symlinkSync('..data/key.json', path);
    const clock = testClock(0);
    const source = await keySource({ kind: 'file', path }, { clock, warn: () => {} });
    expect(await currentOf(source)).toMatchObject({ ak: 'old' });
    mount('new');
    clock.advance(1_000);
    expect(await currentOf(source)).toMatchObject({ ak: 'new' });
  });

  test('that is missing or half written leaves the old key in use', async () => {
    const { path, current } = await watched('{"ak": "old", "sk": "old"}');
    writeFileSync(path, '{"ak": "new", "sk"');
    expect(await current(1_000)).toMatchObject({ ak: 'old' });
    rmSync(path);
    expect(await current(1_000)).toMatchObject({ ak: 'old' });
    writeFileSync(path, '{"ak": "new", "sk": "new"}');
    expect(await current(1_000)).toMatchObject({ ak: 'new' });
  });

  test('that has no key any more causes one warning per change', async () => {
    const { path, current, warnings } = await watched('{"ak": "old", "sk": "old"}');
    writeFileSync(path, '{"ak": "new", "sk": "secret');
    for (let look = 0; look < 3; look += 1) expect(await current(1_000)).toMatchObject({ ak: 'old' });
    expect(warnings).toEqual(['The file is not valid JSON.']);
    rmSync(path);
    for (let look = 0; look < 3; look += 1) await current(1_000);
    expect(warnings.slice(1)).toEqual(['The file cannot be read (ENOENT).']);
    writeFileSync(path, '{"ak": "new", "sk": "new"}');
    expect(await current(1_000)).toMatchObject({ ak: 'new' });
    rmSync(path);
    expect(await current(1_000)).toMatchObject({ ak: 'new' });
    expect(warnings.slice(2)).toEqual(['The file cannot be read (ENOENT).']);
  });

  test.each([
    ['', 'The file has no ak and sk.'],
    ['{', 'The file is not valid JSON.'],
    ['{"ak": 5, "sk": "x"}', 'The file has a value of ak that is not visible ASCII.'],
  ])('with %o at the start is rejected', async (content, message) => {
    await expect(watched(content)).rejects.toThrow(message);
  });
});

describe('the ECS metadata service', () => {
  test('provides a temporary key that SMS accepts', async () => {
    const emulator = await startTestEmulator();
    const key = await keySource({ kind: 'ecs-metadata', endpoint: emulator.url });
    expect(callsTo(emulator)).toEqual(['PUT /meta-data/latest/api/token', 'GET /openstack/latest/securitykey']);
    expect(emulator.requests[0]?.headers).toMatchObject({ 'x-metadata-token-ttl-seconds': '21600' });
    const caller = { requestId: 'a-request', credentials: signed(key) };
    expect(await outcomeOf(read(upstreamTo(emulator.url), caller))).toBe('ok');
  });

  test('provides the next key in the background when forty minutes are left', async () => {
    const clock = testClock();
    const emulator = await startTestEmulator({ now: clock.now });
    const key = await keySource({ kind: 'ecs-metadata', endpoint: emulator.url }, { clock });
    const first = await currentOf(key);
    clock.advance(6 * 60 * MINUTE - 41 * MINUTE);
    expect(await currentOf(key)).toBe(first);
    expect(emulator.requests).toHaveLength(2);
    clock.advance(MINUTE);
    expect(await currentOf(key)).toBe(first);
    await expect.poll(() => currentOf(key)).not.toBe(first);
    expect(emulator.requests).toHaveLength(4);
  });

  test.each([404, 405, 503])('is used without a session if it has none (%d)', async (status) => {
    const emulator = await startTestEmulator();
    emulator.fault({ kind: 'status', status, path: '/meta-data' });
    await keySource({ kind: 'ecs-metadata', endpoint: emulator.url });
    expect(emulator.requests[1]?.headers).not.toHaveProperty('x-metadata-token');
  });

  test('is asked for one new session if the first is rejected', async () => {
    const emulator = await startTestEmulator();
    emulator.fault({ kind: 'status', status: 401, path: '/openstack' });
    await keySource({ kind: 'ecs-metadata', endpoint: emulator.url });
    expect(emulator.requests).toHaveLength(4);
  });

  test.each([
    ['fails', { kind: 'status', status: 500 }, 'HTTP 500'],
    ['responds with nonsense', { kind: 'status', status: 200, body: 'secret' }, 'no key in its response'],
    [
      'sends a key with a comma in its id',
      {
        kind: 'status',
        status: 200,
        path: '/openstack',
        body: { credential: { access: 'a,b', secret: 's', securitytoken: 't', expires_at: '2100-01-01T00:00:00Z' } },
      },
      'no key in its response',
    ],
    ['closes the connection', { kind: 'reset' }, ''],
  ] as const)('that %s provides no key', async (_, fault, why) => {
    const emulator = await startTestEmulator();
    emulator.fault({ ...fault, times: Number.POSITIVE_INFINITY });
    await expect(keySource({ kind: 'ecs-metadata', endpoint: emulator.url })).rejects.toThrow(
      `The metadata service of the cloud server provided no key (${why}`,
    );
  });

  test('is not waited for if it closes the connection', async () => {
    const origin = await httpServer((_, response) => response.destroy());
    await expect(keySource({ kind: 'ecs-metadata', endpoint: origin })).rejects.toThrow('provided no key');
  });
});

describe('a temporary key', () => {
  const lentFor = (ak: string, expiresAt: number) => ({ key: { ak, sk: 'sk', securityToken: 't' }, expiresAt });

  /** A key that is valid for six hours, with renewals that the test settles. */
  function renewing() {
    const clock = testClock(0);
    const renewals: PromiseWithResolvers<ReturnType<typeof lentFor>>[] = [];
    const lend = () => {
      const renewal = Promise.withResolvers<ReturnType<typeof lentFor>>();
      renewals.push(renewal);
      return renewal.promise;
    };
    const key = renewingKey(lentFor('first', 360 * MINUTE), lend, clock);
    return { clock, renewals, key };
  }

  test('is renewed once, however many calls need it', async () => {
    const { clock, renewals, key } = renewing();
    clock.advance(320 * MINUTE);
    expect([key(), key(), key()]).toMatchObject([{ ak: 'first' }, { ak: 'first' }, { ak: 'first' }]);
    renewals[0]?.resolve(lentFor('second', 720 * MINUTE));
    await renewals[0]?.promise;
    await expect.poll(async () => (await key()).ak).toBe('second');
    expect(renewals).toHaveLength(1);
  });

  test('stays in use to its end if it cannot be renewed, and the renewal is retried after half a minute', async () => {
    const { clock, renewals, key } = renewing();
    clock.advance(320 * MINUTE);
    key();
    renewals[0]?.reject(new Error('not now'));
    await expect(renewals[0]?.promise).rejects.toThrow();
    await new Promise(setImmediate);
    clock.advance(29_999);
    expect(key()).toMatchObject({ ak: 'first' });
    expect(renewals).toHaveLength(1);
    clock.advance(1);
    expect(key()).toMatchObject({ ak: 'first' });
    expect(renewals).toHaveLength(2);
  });

  test('makes calls wait for its renewal once it has ended', async () => {
    const { clock, renewals, key } = renewing();
    clock.advance(360 * MINUTE);
    const waiting = [key(), key()];
    renewals[0]?.resolve(lentFor('second', 720 * MINUTE));
    expect(await Promise.all(waiting)).toMatchObject([{ ak: 'second' }, { ak: 'second' }]);
    expect(renewals).toHaveLength(1);
  });

  test('causes an error for the caller if it has ended and cannot be renewed', async () => {
    const { clock, renewals, key } = renewing();
    clock.advance(360 * MINUTE);
    const waiting = Promise.resolve(key());
    renewals[0]?.reject(new Error('not now'));
    await expect(waiting).rejects.toMatchObject({ code: 'KEY_NOT_RENEWED', reason: 'UNREACHABLE' });
  });

  test('with a short life is renewed after half of it', () => {
    const clock = testClock(0);
    let renewals = 0;
    const lend = async () => {
      renewals += 1;
      return lentFor('second', 30 * MINUTE);
    };
    const key = renewingKey(lentFor('first', 15 * MINUTE), lend, clock);
    clock.advance(7.5 * MINUTE - 1);
    key();
    expect(renewals).toBe(0);
    clock.advance(1);
    key();
    expect(renewals).toBe(1);
  });
});
