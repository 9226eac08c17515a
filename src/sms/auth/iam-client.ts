/** The two operations of IAM that the gateway uses. IAM's own words are never repeated to callers. */

import { ANONYMOUS_CALLER, type CallerIdentity } from '../../fairness/caller-identity.ts';
import { SYSTEM_CLOCK } from '../../time/clock.ts';
import { isObject, type Json } from '../errors/error-body.ts';
import { isFromIam } from '../errors/error-kind.ts';
import { RequestRejectedError } from '../errors/errors.ts';
import type { SmsLimits } from '../http/limits.ts';
import type { HttpResponse } from '../http/response.ts';
import { retryAfter } from '../http/retry-after.ts';
import type { Transport } from '../http/transport.ts';
import { type IamOptions, iamCalls, iamFailed, invalidIamResponse } from './iam-calls.ts';
import { type TemporaryKey, temporaryKeyIn } from './temporary-key.ts';

/** Both operations throw `RequestRejectedError` if the token is not valid. */
export interface Iam {
  verify(token: string, caller?: CallerIdentity): Promise<VerifiedToken>;
  /** Issues a temporary key with the rights of the token. */
  issueKey(token: string, caller?: CallerIdentity): Promise<TemporaryKey>;
  close(): Promise<void>;
}

export interface VerifiedToken {
  /** Epoch ms. */
  expiresAt: number;
  /** The account of the token's user, if IAM names it. */
  domainId: string | null;
}

/** The shortest that IAM allows, since a key outlives the token that it was issued for. */
const KEY_LIFETIME_S = 900;

export function iamAt(
  origin: string,
  limits: SmsLimits,
  transport: Transport = {},
  { clock = SYSTEM_CLOCK, ...options }: IamOptions = {},
): Iam {
  const { request, close } = iamCalls(origin, limits, transport, { clock, ...options });
  return {
    async verify(token, caller = ANONYMOUS_CALLER) {
      const headers = { 'X-Subject-Token': token };
      const response = await request(caller, { method: 'GET', path: '/v3/auth/tokens', token, headers });
      const body = bodyOf(response, { isVerification: true });
      const verified = objectIn(body, 'token');
      const expiresAt = Date.parse(String(verified['expires_at']));
      if (Number.isNaN(expiresAt)) throw invalidIamResponse();
      // By IAM's clock if it sends the time: ours may be wrong.
      const date = Date.parse(response.header('date') ?? '');
      if (expiresAt <= (Number.isNaN(date) ? clock.now() : date)) throw tokenRejected();
      const domainId = objectIn(objectIn(verified, 'user'), 'domain')['id'];
      return { expiresAt, domainId: typeof domainId === 'string' ? domainId : null };
    },

    async issueKey(token, caller = ANONYMOUS_CALLER) {
      const identity = { methods: ['token'], token: { id: token, duration_seconds: KEY_LIFETIME_S } };
      const path = '/v3.0/OS-CREDENTIAL/securitytokens';
      const response = await request(caller, { method: 'POST', path, token, body: { auth: { identity } } });
      const key = temporaryKeyIn(bodyOf(response, { isVerification: false }));
      if (key === null) throw invalidIamResponse();
      return key;
    },

    close,
  };
}

/** The object under a name, or an empty one. */
function objectIn(body: Json, name: string): Json {
  const value = body[name];
  return isObject(value) ? value : {};
}

function bodyOf(response: HttpResponse, { isVerification }: { isVerification: boolean }): Json {
  const { status, json, error } = response;
  if (status >= 200 && status < 300) {
    if (isObject(json)) return json;
    throw invalidIamResponse();
  }
  const facts = { httpStatus: status, retryAfter: retryAfter(response.header('retry-after'), response.header('date')) };
  if (status === 429)
    throw new RequestRejectedError(
      429,
      'IAM_THROTTLED',
      'IAM receives too many requests. Wait, then try again.',
      facts,
    );
  // In any other form the error comes from something in between, which knows nothing about tokens and rights.
  if (isFromIam(status, json)) {
    if (status === 403) throw forbidden();
    // The token is not valid as the caller's (401), or not found as the one to verify (404).
    const isNotFound = isVerification && status === 404 && /token/i.test(error.message);
    if (status === 401 || isNotFound) throw tokenRejected();
  }
  throw iamFailed(status, facts);
}

function forbidden(): RequestRejectedError {
  const message = 'IAM does not permit this to the user of the token. Ask an administrator.';
  return new RequestRejectedError(403, 'IAM_FORBIDDEN', message);
}

function tokenRejected(): RequestRejectedError {
  const message = 'IAM rejected the token: it is not valid, or no longer valid. Get a new token.';
  return new RequestRejectedError(401, 'TOKEN_REFUSED', message);
}
