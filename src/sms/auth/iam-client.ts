/** The part of IAM that the gateway asks about the tokens of its callers. Nothing that IAM says is repeated to them. */

import { SYSTEM_CLOCK } from '../clock.ts';
import { isObject } from '../errors/error-body.ts';
import { isFromIam } from '../errors/error-kind.ts';
import { RequestRejectedError, SmsUnavailableError } from '../errors/errors.ts';
import { ANONYMOUS_CALLER, type CallerIdentity } from '../fairness/caller-identity.ts';
import type { SmsLimits } from '../http/limits.ts';
import type { HttpResponse } from '../http/response.ts';
import { retryAfter } from '../http/retry-after.ts';
import type { Transport } from '../http/transport.ts';
import type { HeldKey } from './credentials.ts';
import { type IamOptions, iamCalls, invalidIamResponse } from './iam-calls.ts';

export interface Iam {
  /** Whose token it is, and until when (epoch ms). Throws `SmsRefused` where it is not valid. */
  tokenOf(token: string, caller?: CallerIdentity): Promise<CheckedToken>;
  /** A temporary key with the rights of the token, and until when (epoch ms). Throws `SmsRefused`. */
  keyFor(token: string, caller?: CallerIdentity): Promise<{ key: HeldKey; expiresAt: number }>;
  close(): Promise<void>;
}

export interface CheckedToken {
  expiresAt: number;
  /** The account of the token's user, where IAM says it. */
  domainId: string | null;
}

/** Seconds that a temporary key lives: IAM's least, for a key outlives the token that it was made of. */
const KEY_LIFETIME = 900;

export function iamAt(
  origin: string,
  limits: SmsLimits,
  transport: Transport = {},
  { clock = SYSTEM_CLOCK, ...options }: IamOptions = {},
): Iam {
  const { request, close } = iamCalls(origin, limits, transport, { clock, ...options });
  return {
    async tokenOf(token, caller = ANONYMOUS_CALLER) {
      const headers = { 'X-Subject-Token': token };
      const answer = await request(caller, { method: 'GET', path: '/v3/auth/tokens', token, headers });
      const { token: found } = foundIn<TokenAnswer>(answer, true);
      const expiresAt = Date.parse(String(found?.expires_at));
      if (Number.isNaN(expiresAt)) throw invalidIamResponse();
      // By IAM's own clock, where it tells the time: ours may be wrong, and the token valid.
      const date = Date.parse(answer.header('date') ?? '');
      if (expiresAt <= (Number.isNaN(date) ? clock.now() : date)) throw tokenRefused();
      const domainId = found?.user?.domain?.id;
      return { expiresAt, domainId: typeof domainId === 'string' ? domainId : null };
    },

    async keyFor(token, caller = ANONYMOUS_CALLER) {
      const identity = { methods: ['token'], token: { id: token, duration_seconds: KEY_LIFETIME } };
      const path = '/v3.0/OS-CREDENTIAL/securitytokens';
      const answer = await request(caller, { method: 'POST', path, token, body: { auth: { identity } } });
      const { access, secret, securitytoken, expires_at } = foundIn<KeyAnswer>(answer, false).credential ?? {};
      const expiresAt = Date.parse(String(expires_at));
      if (!isHeader(access) || typeof secret !== 'string' || !isHeader(securitytoken) || Number.isNaN(expiresAt))
        throw invalidIamResponse();
      return { key: { ak: access, sk: secret, securityToken: securitytoken }, expiresAt };
    },

    close,
  };
}

interface TokenAnswer {
  token?: { expires_at?: unknown; user?: { domain?: { id?: unknown } } };
}

interface KeyAnswer {
  credential?: { access?: unknown; secret?: unknown; securitytoken?: unknown; expires_at?: unknown };
}

function foundIn<Body extends object>(answer: HttpResponse, isCheck: boolean): Body {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    if (isObject(answer.json)) return answer.json as Body;
    throw invalidIamResponse();
  }
  const facts = { httpStatus: status, retryAfter: retryAfter(answer.header('retry-after'), answer.header('date')) };
  if (status === 429)
    throw new RequestRejectedError(429, 'IAM_THROTTLED', 'IAM is asked too often. Wait, then try again.', facts);
  // Anything else than its own form comes from something in between, which knows nothing of tokens and rights.
  if (isFromIam(status, answer.json)) {
    if (status === 403)
      throw new RequestRejectedError(
        403,
        'IAM_FORBIDDEN',
        'IAM does not let the user of the token ask for this. Ask an administrator.',
      );
    if (status === 401 || (isCheck && isTokenNotFound(answer))) throw tokenRefused();
  }
  const message = `IAM, or something before it, failed with HTTP ${status}. The token was not checked. Try later.`;
  throw new SmsUnavailableError('UPSTREAM_ERROR', message, { code: 'IAM_FAILED', facts });
}

/** A token that is not valid is rejected as the caller's with 401, or not found as the one to check. */
function isTokenNotFound({ status, error }: HttpResponse): boolean {
  return status === 404 && /token/i.test(error.message);
}

function tokenRefused(): RequestRejectedError {
  return new RequestRejectedError(
    401,
    'TOKEN_REFUSED',
    'IAM says that the token is not valid, or no longer. Get a new token.',
  );
}

/** What can stand in a header of a call. */
function isHeader(text: unknown): text is string {
  return typeof text === 'string' && /^[\x21-\x7e]+$/.test(text);
}
