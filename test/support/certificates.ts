/** Certificates for one test file, created with the openssl command in a temporary folder. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export interface Certificate {
  certFile: string;
  keyFile: string;
  cert: string;
  key: string;
}

/** The name in server certificates besides loopback. Only a test's proxy resolves it. */
export const HOST = 'sms.gateway.test';

export function certificateFactory() {
  const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const create = (name: string, options: readonly string[]): Certificate => {
    const [certFile, keyFile] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile];
    const common = ['req', '-x509', ...key, '-out', certFile, '-days', '2', '-subj', `/CN=${name}`];
    execFileSync('openssl', [...common, ...options], { stdio: 'ignore' });
    return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  };

  return {
    folder,
    createAuthority: (name: string) => create(name, []),
    /** For a server on loopback, signed by itself: it ended yesterday. */
    createExpired: (name: string) => {
      const { certFile, keyFile, key } = create(name, ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']);
      const renewed = ['-in', certFile, '-signkey', keyFile, '-days', '-1', '-out', certFile];
      execFileSync('openssl', ['x509', ...renewed], { stdio: 'ignore' });
      return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key };
    },
    /** Signed by the authority, for a server or a client. */
    issueCertificate: (
      name: string,
      { certFile, keyFile }: Certificate,
      names = `DNS:localhost,IP:127.0.0.1,DNS:${HOST}`,
    ) => create(name, ['-CA', certFile, '-CAkey', keyFile, '-addext', `subjectAltName=${names}`]),
  };
}
