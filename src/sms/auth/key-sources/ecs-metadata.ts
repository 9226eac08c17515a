/** The temporary key of the cloud server that the gateway runs on. Source: the vendor's SDKs (their metadata client). */
import { Pool } from 'undici';
import { SYSTEM_CLOCK } from '../../clock.ts';
import { isObject } from '../../errors/error-body.ts';
import { SmsUnavailableError } from '../../errors/errors.ts';
import { Deadline } from '../../http/deadline.ts';
import { exchange } from '../../http/exchange.ts';
import type { Peer } from '../../http/transport.ts';
import type { KeySource } from '../credentials.ts';
import { isKeyPart, KEY_ID, KeyUnusableError } from './key-file.ts';
import { renewingKey, type TemporaryKey } from './renewing-key.ts';

export const METADATA_ENDPOINT = 'http://169.254.169.254';

const TIMEOUT_MS = 3_000;
const LIMITS = {
  connections: 1,
  connectTimeout: TIMEOUT_MS,
  headersTimeout: TIMEOUT_MS,
  bodyTimeout: TIMEOUT_MS,
  maxResponseBytes: 64 * 1024,
};
/** How long a session lasts. */
const SESSION_S = 21_600;
/** Older servers know no sessions. */
const NO_SESSION = new Set([404, 405, 503]);

/** Asks for the first key, and for each next one before the last has ended. Rejects with `KeyUnusable`. */
export async function ecsMetadataKey(endpoint: string = METADATA_ENDPOINT, clock = SYSTEM_CLOCK): Promise<KeySource> {
  const fetch = () => fetchKey(endpoint);
  return renewingKey(await fetch(), fetch, clock);
}

async function fetchKey(origin: string): Promise<TemporaryKey> {
  // A key is fetched every few hours, so no connection is kept. Never through a proxy.
  const dispatcher = new Pool(origin, { connections: 1, connect: { timeout: TIMEOUT_MS } });
  const peer: Peer = { name: 'The metadata service', origin, dispatcher, limits: LIMITS };
  const deadline = new Deadline(2 * TIMEOUT_MS);
  const request = (method: 'GET' | 'PUT', path: string, headers: Record<string, string>) =>
    exchange(peer, { method, path, headers }, { signal: deadline.signal }).response;
  const fetchInSession = async () => {
    const session = await request('PUT', '/meta-data/latest/api/token', {
      'X-Metadata-Token-Ttl-Seconds': String(SESSION_S),
    });
    if (session.status !== 200 && !NO_SESSION.has(session.status)) throw unusable(`HTTP ${session.status}`);
    const token = session.bytes.toString().trim();
    return request('GET', '/openstack/latest/securitykey', session.status === 200 ? { 'X-Metadata-Token': token } : {});
  };
  try {
    const first = await fetchInSession();
    // A session may end at any time, so a 401 is worth a second attempt.
    const { status, json } = first.status === 401 ? await fetchInSession() : first;
    if (status !== 200) throw unusable(`HTTP ${status}`);
    return keyIn(json);
  } catch (error) {
    if (error instanceof KeyUnusableError) throw error;
    throw unusable(error instanceof SmsUnavailableError ? error.code : 'no response');
  } finally {
    deadline.clear();
    await dispatcher.destroy();
  }
}

function keyIn(body: unknown): TemporaryKey {
  const credential = isObject(body) && isObject(body['credential']) ? body['credential'] : {};
  const { access, secret, securitytoken, expires_at } = credential;
  const expiresAt = Date.parse(String(expires_at));
  if (
    !isKeyPart(access) ||
    !KEY_ID.test(access) ||
    !isKeyPart(secret) ||
    !isKeyPart(securitytoken) ||
    Number.isNaN(expiresAt)
  )
    throw unusable('no key in its answer');
  return { key: { ak: access, sk: secret, securityToken: securitytoken }, expiresAt };
}

function unusable(why: string): KeyUnusableError {
  return new KeyUnusableError(`The metadata service of the cloud server gave no key (${why}).`);
}
