/** The temporary key of the cloud server that the gateway runs on. Source: the vendor's SDKs (their metadata client). */
import { Pool } from 'undici';
import { SYSTEM_CLOCK } from '../../clock.ts';
import { Deadline } from '../../http/deadline.ts';
import { redactorOf } from '../../http/redact.ts';
import { readResponse } from '../../http/response.ts';
import type { KeySource } from '../credentials.ts';
import { KEY_ID, KEY_PART, KeyUnusableError } from './key-file.ts';
import { renewingKey, type TemporaryKey } from './renewing-key.ts';

export const METADATA_ENDPOINT = 'http://169.254.169.254';

/** Milliseconds. */
const TIMEOUT = 3_000;
const MAX_ANSWER_BYTES = 64 * 1024;
/** Seconds: the life of a session. */
const SESSION = 21_600;
/** Older servers know no sessions. */
const NO_SESSION = new Set([404, 405, 503]);

/** Asks for the first key, and for each next one before the last has ended. Rejects with `KeyUnusable`. */
export async function ecsMetadataKey(endpoint: string = METADATA_ENDPOINT, clock = SYSTEM_CLOCK): Promise<KeySource> {
  const lend = () => lentKey(endpoint);
  return renewingKey(await lend(), lend, clock);
}

async function lentKey(endpoint: string): Promise<TemporaryKey> {
  // It is asked every few hours, so no connection is kept; and never through a proxy.
  const pool = new Pool(endpoint, { connections: 1, connect: { timeout: TIMEOUT } });
  const deadline = new Deadline(2 * TIMEOUT);
  const ask = async (method: 'GET' | 'PUT', path: string, headers: Record<string, string>) => {
    const response = await pool.request({ method, path, headers, signal: deadline.signal });
    return readResponse(response, redactorOf(headers), MAX_ANSWER_BYTES);
  };
  const answerInSession = async () => {
    const session = await ask('PUT', '/meta-data/latest/api/token', {
      'X-Metadata-Token-Ttl-Seconds': String(SESSION),
    });
    if (session.status !== 200 && !NO_SESSION.has(session.status)) throw unusable(`HTTP ${session.status}`);
    const headers = session.status === 200 ? { 'X-Metadata-Token': session.bytes.toString().trim() } : {};
    return ask('GET', '/openstack/latest/securitykey', headers as Record<string, string>);
  };
  try {
    const first = await answerInSession();
    // A session may end at any time, so a refusal is worth one more.
    const { status, json } = first.status === 401 ? await answerInSession() : first;
    if (status !== 200) throw unusable(`HTTP ${status}`);
    return keyIn(json);
  } catch (error) {
    throw error instanceof KeyUnusableError ? error : unusable((error as NodeJS.ErrnoException).code ?? 'no answer');
  } finally {
    deadline.clear();
    await pool.destroy();
  }
}

function keyIn(body: unknown): TemporaryKey {
  const { access, secret, securitytoken, expires_at } = Object(Object(body).credential);
  const expiresAt = Date.parse(expires_at);
  const isKey = [access, secret, securitytoken].every((text) => typeof text === 'string' && KEY_PART.test(text));
  if (!isKey || !KEY_ID.test(access) || Number.isNaN(expiresAt)) throw unusable('no key in its answer');
  return { key: { ak: access, sk: secret, securityToken: securitytoken }, expiresAt };
}

function unusable(why: string): KeyUnusableError {
  return new KeyUnusableError(`The metadata service of the cloud server gave no key (${why}).`);
}
