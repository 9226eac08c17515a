/** The caller's headers -> the credentials of its calls to SMS, in each of the four modes. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { ANONYMOUS_CALLER, type CallerIdentity } from '../fairness/caller-identity.ts';
import {
  type CredentialProvider,
  checkedFirst,
  forwarded,
  type HeldKey,
  type KeySource,
  rejecting,
  signed,
  signedAsCaller,
} from '../sms/auth/credentials.ts';
import type { TokenCheck, TokenExchange } from '../sms/auth/token-checks.ts';
import { RequestRejectedError } from '../sms/errors/errors.ts';
import type { JwtCheck } from './jwt.ts';

/** How callers are authenticated; see docs/configuration.md. */
export const AUTH_MODES = ['sign-and-forward', 'forward', 'exchange', 'service'] as const;
export type AuthMode = (typeof AUTH_MODES)[number];

/** How callers authenticate, and the key with which the gateway signs. */
export interface AuthSettings {
  auth: AuthMode;
  key: HeldKey | KeySource | null;
  /** `sign-and-forward`: has IAM verify a token before its first use. Null if that is switched off. */
  tokenCheck?: TokenCheck | null;
  /** `exchange`: exchanges a token for a temporary key. */
  tokenExchange?: TokenExchange | null;
  /** `service`: the API keys of callers. */
  apiKeys: readonly string[];
  /** `service`: throws unless the JWT is valid. Null if JWTs are not accepted. */
  jwtCheck?: Pick<JwtCheck, 'get'> | null;
  open: boolean;
  /** `service`: whether mutations are allowed. */
  writes?: boolean;
}

/** The headers that authenticate the caller. */
export interface AuthHeaders {
  token: string | null;
  authorization: string | null;
}

/** Source: X-Auth-Token on the API pages, 1 to 16,384 characters. */
const MAX_TOKEN_CHARACTERS = 16_384;

/** Fails closed: a caller that is not authenticated gets credentials that reject every call, never the gateway's key. */
export function credentialsFor(
  { token, authorization }: AuthHeaders,
  settings: AuthSettings,
  caller: CallerIdentity = ANONYMOUS_CALLER,
): CredentialProvider {
  const { auth, key, tokenCheck, tokenExchange } = settings;
  if (auth === 'service') return serviceCredentials(authorization, settings, caller);
  if (token === null || token === '')
    return rejected('TOKEN_MISSING', 'There is no token. Send your IAM token as X-Auth-Token.');
  if (token.length > MAX_TOKEN_CHARACTERS || !caller.isVisibleAscii(token))
    return rejected('TOKEN_MALFORMED', 'X-Auth-Token must be 1 to 16,384 visible ASCII characters. Get a new token.');
  if (auth === 'forward') return forwarded(token);
  if (auth === 'exchange') {
    if (!tokenExchange) return notConfigured();
    const recheck = () => tokenExchange.refresh(token, caller);
    return signedAsCaller(() => tokenExchange.get(token, caller), recheck);
  }
  if (key === null) return notConfigured();
  if (!tokenCheck) return signed(key, token);
  const recheck = () => tokenCheck.refresh(token, caller);
  return checkedFirst(() => tokenCheck.get(token, caller), signed(key, token), recheck);
}

/** The error for every mutation of a read-only gateway. Otherwise SMS decides, by the rights of the caller's token. */
export function writeRejection({ auth, writes = false }: AuthSettings): RequestRejectedError | undefined {
  if (auth !== 'service' || writes) return undefined;
  return new RequestRejectedError(403, 'WRITES_OFF', 'This gateway is read-only. Ask its operator to allow changes.');
}

function serviceCredentials(
  authorization: string | null,
  { key, apiKeys, jwtCheck, open }: AuthSettings,
  caller: CallerIdentity,
): CredentialProvider {
  if (key === null) return notConfigured();
  if (open) return signed(key);
  const bearer = /^Bearer ([\x21-\x7e]{1,16384})$/i.exec(authorization ?? '')?.[1];
  if (bearer !== undefined && includesKey(apiKeys, bearer)) {
    caller.markVerified();
    return signed(key);
  }
  if (jwtCheck)
    return bearer === undefined
      ? rejected('JWT_MISSING', 'There is no JWT. Send one as Authorization: Bearer <JWT>.')
      : checkedFirst(() => jwtCheck.get(bearer, caller), signed(key));
  return bearer === undefined
    ? rejected('API_KEY_MISSING', 'There is no API key. Send one as Authorization: Bearer <key>.')
    : rejected('API_KEY_UNKNOWN', 'The API key is not known. Ask the operator of the gateway for one.');
}

/** Compares the hashes of all keys in constant time, so that the response time reveals nothing about them. */
function includesKey(apiKeys: readonly string[], bearer: string): boolean {
  const hash = sha256(bearer);
  return apiKeys.map((key) => timingSafeEqual(sha256(key), hash)).includes(true);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function rejected(code: string, message: string): CredentialProvider {
  return rejecting(new RequestRejectedError(401, code, message));
}

function notConfigured(): CredentialProvider {
  return rejecting(new Error('The gateway is not configured for this authentication mode.'));
}
