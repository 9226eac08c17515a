/** What IAM says about callers' tokens, cached. */
import { type Clock, SYSTEM_CLOCK } from '../../time/clock.ts';
import { RequestRejectedError } from '../errors/errors.ts';
import type { HeldKey, KeySource } from './credentials.ts';
import type { Iam } from './iam-client.ts';
import { TokenCache } from './token-cache.ts';

/** After this, IAM is asked again. The vendor says that a revoked token may live for 30 minutes. */
const TTL_MS = 5 * 60_000;
/** How long before that a token in use is checked again in the background, and so how long IAM may be unavailable. */
const RENEW_BEFORE_MS = 2 * 60_000;
/** A temporary key is no longer used from this time before its end, so that no call in progress outlives it. */
const KEY_MARGIN_MS = 90_000;

/** `get` and `refresh` reject if nothing may be sent with a token. */
export type TokenCheck = Pick<TokenCache<void>, 'get' | 'refresh'>;
/** The temporary keys that IAM issues for tokens. */
export type TokenExchange = Pick<TokenCache<HeldKey>, 'get' | 'refresh'>;

/**
 * `sign-and-forward`: IAM verifies a token first, so that nobody uses the gateway's signature with a made-up one. If
 * the account of the gateway's key is known, the token must belong to it.
 */
export function tokenCheck(
  iam: Iam,
  ownKey: HeldKey | KeySource | null = null,
  clock: Clock = SYSTEM_CLOCK,
): TokenCheck {
  return new TokenCache<void>(
    async (token, caller) => {
      const verified = await iam.verify(token, caller);
      const { domainId } = (typeof ownKey === 'function' ? await ownKey() : ownKey) ?? {};
      if (domainId !== undefined && verified.domainId !== null && verified.domainId !== domainId) throw otherAccount();
      return { value: undefined, ttl: TTL_MS, endsAt: verified.expiresAt };
    },
    { renewBefore: RENEW_BEFORE_MS, clock },
  );
}

/**
 * `exchange`: a temporary key outlives its token, so IAM is asked for another one long before the key ends. It issues
 * none for a token that has expired or was revoked.
 */
export function tokenExchange(iam: Iam, clock: Clock = SYSTEM_CLOCK): TokenExchange {
  return new TokenCache<HeldKey>(
    async (token, caller) => {
      const { key, expiresAt } = await iam.issueKey(token, caller);
      return { value: key, ttl: TTL_MS, endsAt: expiresAt - KEY_MARGIN_MS };
    },
    { renewBefore: RENEW_BEFORE_MS, clock },
  );
}

function otherAccount(): RequestRejectedError {
  const message = "The token belongs to another account than the gateway's key. Use a token of the gateway's account.";
  return new RequestRejectedError(403, 'TOKEN_OF_ANOTHER_ACCOUNT', message);
}
