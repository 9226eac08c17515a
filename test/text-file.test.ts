import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { keySource } from '../src/access-key/key-source.ts';
import { readConfig } from '../src/config/config.ts';
import { readDocuments } from '../src/config/trusted-documents.ts';
import { createLog } from '../src/logging/log.ts';
import { openUpstream } from '../src/upstream.ts';
import { certificateFactory } from './support/certificates.ts';

const { createAuthority, folder } = certificateFactory();

/** The encodings of Windows editors and shells. */
const FORMS: [string, (text: string) => Buffer][] = [
  ['in UTF-8 with a byte order mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['in UTF-16, as Windows PowerShell writes it', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['in UTF-16 in the other byte order', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
];

function fileOf(name: string, content: Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe.each(FORMS)('a file that is saved %s is read', (_, written) => {
  test('as trusted documents', () => {
    const path = fileOf('documents.json', written('{"id":"{ __typename }"}'));
    expect(readDocuments(path)).toEqual(new Map([['id', '{ __typename }']]));
  });

  test.each([
    ['a key in JSON', 'file', '{"ak":"an-ak","sk":"an-sk"}'],
    ['a key without sections', 'file', 'ak=an-ak\nsk=an-sk\n'],
    ['a profile', 'profile', '[global]\nak=an-ak\nsk=an-sk\n'],
  ] as const)('as %s', async (_, kind, text) => {
    const source = await keySource({ kind, path: fileOf('key', written(text)) });
    expect(typeof source === 'function' ? await source() : source).toEqual({ ak: 'an-ak', sk: 'an-sk' });
  });

  test('as certificates and their key', async () => {
    const { cert, key } = createAuthority('authority');
    const [certFile, keyFile] = [fileOf('cert.pem', written(cert)), fileOf('key.pem', written(key))];
    const config = readConfig({
      SMS_ENDPOINT: 'https://127.0.0.1:1',
      SMS_CA_FILE: certFile,
      SMS_CLIENT_CERT_FILE: certFile,
      SMS_CLIENT_KEY_FILE: keyFile,
    });
    await (await openUpstream(config, createLog('silent'))).close();
  });
});
