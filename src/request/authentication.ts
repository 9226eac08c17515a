/** What a caller brings -> how its calls are proved upstream: the four ways. */
import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type Credentials,
  checkedFirst,
  forwarded,
  type HeldKey,
  type KeySource,
  refused,
  signed,
  signedAsCaller,
} from '../sms/auth/credentials.ts';
import type { TokenCheck, TokenExchange } from '../sms/auth/token-checks.ts';
import { RequestRejectedError } from '../sms/errors/errors.ts';
import { ANONYMOUS_CALLER, type CallerIdentity } from '../sms/fairness/caller-identity.ts';

/** The ways in which callers are authenticated; docs/configuration.md describes them. */
export const AUTH_MODES = ['sign-and-forward', 'forward', 'exchange', 'service'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

/** How callers prove who they are, and what the gateway signs with. */
export interface AuthSettings {
  auth: AuthMode;
  key: HeldKey | KeySource | null;
  /** `sign-and-forward`: shows an unseen token to IAM first. Null where that is switched off. */
  checkToken?: TokenCheck | null;
  /** `exchange`: where the key of a caller comes from. */
  keyFor?: TokenExchange | null;
  /** `service`: who may call. */
  apiKeys: readonly string[];
  /** `service`: throws unless the JWT is good. Null where none is taken. */
  checkJwt?: ((jwt: string, caller?: CallerIdentity) => void | Promise<void>) | null;
  open: boolean;
  /** `service`: whether callers may change anything. */
  writes?: boolean;
}

/** What a caller sent to prove who it is. */
export interface Proof {
  token: string | null;
  authorization: string | null;
}

/** Longest token. Source: X-Auth-Token of the API pages, 1 to 16,384 characters. */
const MAX_TOKEN_CHARACTERS = 16_384;

/** Fails closed: whoever does not prove who it is gets credentials that refuse every call, never the gateway's key. */
export function credentialsFor(
  { token, authorization }: Proof,
  settings: AuthSettings,
  caller: CallerIdentity = ANONYMOUS_CALLER,
): Credentials {
  const { auth, key, checkToken, keyFor } = settings;
  if (auth === 'service') return serviceCredentials(authorization, settings, caller);
  if (token === null || token === '')
    return refused(
      new RequestRejectedError(401, 'TOKEN_MISSING', 'There is no token. Send your IAM token as X-Auth-Token.'),
    );
  if (token.length > MAX_TOKEN_CHARACTERS || !/^[\x21-\x7e]+$/.test(token)) return refused(tokenMalformed());
  if (auth === 'forward') return forwarded(token);
  if (auth === 'exchange') {
    if (!keyFor) return refused(notSetUp());
    const recheck = () => keyFor.anew(token, caller);
    return signedAsCaller(() => keyFor(token, caller), recheck);
  }
  if (key === null) return refused(notSetUp());
  if (!checkToken) return signed(key, token);
  const recheck = () => checkToken.anew(token, caller);
  return checkedFirst(() => checkToken(token, caller), signed(key, token), recheck);
}

/** Why a caller may not change anything; undefined where it may. Elsewhere the rights of the caller's own token decide. */
export function writesRefused({ auth, writes = false }: AuthSettings): RequestRejectedError | undefined {
  if (auth !== 'service' || writes) return undefined;
  return new RequestRejectedError(403, 'WRITES_OFF', 'This gateway only reads. Ask its operator to allow changes.');
}

function serviceCredentials(
  authorization: string | null,
  { key, apiKeys, checkJwt, open }: AuthSettings,
  caller: CallerIdentity,
): Credentials {
  if (key === null) return refused(notSetUp());
  if (open) return signed(key);
  const given = /^Bearer ([\x21-\x7e]{1,16384})$/i.exec(authorization ?? '')?.[1];
  if (given !== undefined && isOneOf(apiKeys, given)) {
    caller.markVerified();
    return signed(key);
  }
  if (!checkJwt) return refused(given === undefined ? apiKeyMissing() : apiKeyUnknown());
  return given === undefined ? refused(jwtMissing()) : checkedFirst(() => checkJwt(given, caller), signed(key));
}

/** Every key is compared, over hashes of one length, so that the time tells nothing. */
function isOneOf(apiKeys: readonly string[], given: string): boolean {
  const hash = sha256(given);
  return apiKeys.map((key) => timingSafeEqual(sha256(key), hash)).includes(true);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function tokenMalformed(): RequestRejectedError {
  const message = 'X-Auth-Token is not 1 to 16,384 visible ASCII characters. Get a new token.';
  return new RequestRejectedError(401, 'TOKEN_MALFORMED', message);
}

function apiKeyMissing(): RequestRejectedError {
  return new RequestRejectedError(
    401,
    'API_KEY_MISSING',
    'There is no API key. Send one as Authorization: Bearer <key>.',
  );
}

function apiKeyUnknown(): RequestRejectedError {
  return new RequestRejectedError(
    401,
    'API_KEY_UNKNOWN',
    'The API key is not known. Ask the operator of the gateway for one.',
  );
}

function jwtMissing(): RequestRejectedError {
  return new RequestRejectedError(401, 'JWT_MISSING', 'There is no JWT. Send one as Authorization: Bearer <JWT>.');
}

function notSetUp(): Error {
  return new Error('The gateway lacks what this way of authentication needs.');
}
