/** One request's headers -> one SMS client: the only reader of the caller's headers. */
import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { AuthMode } from './config.ts';
import { type SmsClient, type SmsEndpoint, smsClient } from './sms/client.ts';
import { type Credentials, forwarded, type HeldKey, refused, signed } from './sms/credentials.ts';
import { type Entities, entitiesOf } from './sms/entities.ts';
import { SmsRefused } from './sms/errors.ts';
import { type ProjectSearch, projectSearch } from './sms/project-search.ts';
import type { Look, TaskWatches } from './sms/task-watch.ts';

/** What resolvers get. It belongs to one request, so nothing of one caller can reach another. */
export interface Context {
  sms: SmsClient;
  entities: Entities;
  /** The migration project of a source server. */
  projectOf: ProjectSearch;
  /** Looks at a task until it ends. */
  watchTask(taskId: string, interval: number): AsyncIterableIterator<Look>;
}

/** How callers prove who they are, and what the gateway signs with. */
export interface AuthSettings {
  auth: AuthMode;
  key: HeldKey | null;
  apiKeys: readonly string[];
  open: boolean;
}

/** Longest token. Source: X-Auth-Token of the API pages, 1 to 16,384 characters. */
const LONGEST_TOKEN = 16_384;

export function contextOf(
  request: Request,
  { endpoint, watches }: { endpoint: SmsEndpoint; watches: TaskWatches },
  settings: AuthSettings,
): Context {
  const credentials = credentialsOf(request.headers, settings);
  const language = languageOf(request.headers);
  const sms = smsClient(endpoint, { credentials, requestId: requestIdOf(request), language, signal: request.signal });
  return {
    sms,
    entities: entitiesOf(sms),
    projectOf: projectSearch(sms),
    watchTask: (taskId, interval) =>
      watches.watch(
        {
          key: callerKey(request.headers),
          client: (signal) => smsClient(endpoint, { credentials, requestId: randomUUID(), language, signal }),
        },
        taskId,
        interval,
      ),
  };
}

const SALT = randomBytes(32);

/** Tells callers apart without holding what they prove themselves with. */
function callerKey(headers: Headers): string {
  const proof = JSON.stringify([headers.get('x-auth-token'), headers.get('authorization')]);
  return createHmac('sha256', SALT).update(proof).digest('base64');
}

const requestIds = new WeakMap<Request, string>();

/** The caller's `X-Request-Id`, or a new one. Sent upstream and returned. */
export function requestIdOf(request: Request): string {
  const known = requestIds.get(request);
  if (known !== undefined) return known;
  const given = request.headers.get('x-request-id') ?? '';
  const id = /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
  requestIds.set(request, id);
  return id;
}

function languageOf(headers: Headers): string | undefined {
  const language = headers.get('x-language')?.toLowerCase();
  return language === 'en-us' || language === 'zh-cn' ? language : undefined;
}

// Fails closed: whoever does not prove who it is gets credentials that refuse every call, never the gateway's key.
function credentialsOf(headers: Headers, { auth, key, apiKeys, open }: AuthSettings): Credentials {
  if (auth === 'service') {
    const refusal = open ? null : apiKeyRefusal(headers.get('authorization'), apiKeys);
    return refusal === null && key !== null ? signed(key) : refused(refusal ?? noKey());
  }
  const token = headers.get('x-auth-token');
  if (token === null || token === '')
    return refused(new SmsRefused(401, 'TOKEN_MISSING', 'There is no token. Send your IAM token as X-Auth-Token.'));
  if (token.length > LONGEST_TOKEN || !/^[\x21-\x7e]+$/.test(token))
    return refused(
      new SmsRefused(
        401,
        'TOKEN_MALFORMED',
        'X-Auth-Token is not 1 to 16,384 visible ASCII characters. Get a new token.',
      ),
    );
  if (auth === 'forward') return forwarded(token);
  return key === null ? refused(noKey()) : signed(key, token);
}

function apiKeyRefusal(authorization: string | null, apiKeys: readonly string[]): SmsRefused | null {
  const given = /^Bearer ([\x21-\x7e]{1,16384})$/i.exec(authorization ?? '')?.[1];
  if (given === undefined)
    return new SmsRefused(401, 'API_KEY_MISSING', 'There is no API key. Send one as Authorization: Bearer <key>.');
  // Every key is compared, over hashes of one length, so that the time tells nothing.
  const matches = apiKeys.map((key) => timingSafeEqual(sha256(key), sha256(given)));
  if (matches.includes(true)) return null;
  return new SmsRefused(401, 'API_KEY_UNKNOWN', 'The API key is not known. Ask the operator of the gateway for one.');
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function noKey(): Error {
  return new Error('The gateway signs, but holds no key.');
}
