/** The temporary key of the cloud server that the gateway runs on. Source: the metadata client of the vendor's SDKs. */
import { Pool } from 'undici';
import type { KeySource } from '../sms/auth/credentials.ts';
import { type TemporaryKey, temporaryKeyIn } from '../sms/auth/temporary-key.ts';
import { SmsUnavailableError } from '../sms/errors/errors.ts';
import { exchange } from '../sms/http/exchange.ts';
import type { HttpResponse } from '../sms/http/response.ts';
import type { Peer } from '../sms/http/transport.ts';
import { SYSTEM_CLOCK } from '../time/clock.ts';
import { Deadline } from '../time/deadline.ts';
import { KeyUnusableError } from './key-file.ts';
import { renewingKey } from './renewing-key.ts';

export const METADATA_ENDPOINT = 'http://169.254.169.254';

const TIMEOUT_MS = 3_000;
const LIMITS = {
  connectTimeout: TIMEOUT_MS,
  headersTimeout: TIMEOUT_MS,
  bodyTimeout: TIMEOUT_MS,
  connections: 1,
  maxResponseBytes: 64 * 1024,
};
const SESSION_S = 21_600;
/** Older servers have no sessions. */
const NO_SESSION = new Set([404, 405, 503]);

/** Fetches the first key now, and each next one before the last one ends. Rejects with `KeyUnusableError`. */
export async function ecsMetadataKey(origin: string = METADATA_ENDPOINT, clock = SYSTEM_CLOCK): Promise<KeySource> {
  const fetchKey = () => keyAt(origin);
  return renewingKey(await fetchKey(), fetchKey, clock);
}

async function keyAt(origin: string): Promise<TemporaryKey> {
  // No proxy, and no connection that is kept: a key is fetched every few hours.
  const dispatcher = new Pool(origin, { connections: 1, connect: { timeout: TIMEOUT_MS } });
  const peer: Peer = { name: 'The metadata service', origin, dispatcher, limits: LIMITS };
  const deadline = new Deadline(2 * TIMEOUT_MS);
  const request = (method: 'GET' | 'PUT', path: string, headers: Record<string, string>): Promise<HttpResponse> =>
    exchange(peer, { method, path, headers }, { deadline }).response;
  const requestKey = async () => {
    const ttl = { 'X-Metadata-Token-Ttl-Seconds': String(SESSION_S) };
    const session = await request('PUT', '/meta-data/latest/api/token', ttl);
    if (session.status !== 200 && !NO_SESSION.has(session.status)) throw unusable(`HTTP ${session.status}`);
    const token = session.bytes.toString().trim();
    return request('GET', '/openstack/latest/securitykey', session.status === 200 ? { 'X-Metadata-Token': token } : {});
  };
  try {
    const first = await requestKey();
    // The session may have ended, so a 401 is worth a second attempt.
    const { status, json } = first.status === 401 ? await requestKey() : first;
    if (status !== 200) throw unusable(`HTTP ${status}`);
    const key = temporaryKeyIn(json);
    if (key === null) throw unusable('no key in its response');
    return key;
  } catch (error) {
    if (!(error instanceof SmsUnavailableError)) throw error;
    throw unusable((error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.code);
  } finally {
    deadline.clear();
    await dispatcher.destroy();
  }
}

function unusable(why: string): KeyUnusableError {
  return new KeyUnusableError(`The metadata service of the cloud server provided no key (${why}).`);
}
