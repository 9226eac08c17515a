/** What IAM says of callers' tokens, remembered. */

import { type Clock, SYSTEM_CLOCK } from '../clock.ts';
import { RequestRejectedError } from '../errors/errors.ts';
import type { CallerIdentity } from '../fairness/caller-identity.ts';
import type { HeldKey, KeySource } from './credentials.ts';
import type { Iam } from './iam-client.ts';
import { TokenCache } from './token-cache.ts';

/**
 * Milliseconds that a token is believed before IAM is asked again. The vendor says that a revoked one may live for 30
 * minutes.
 */
const BELIEVED_FOR = 5 * 60_000;
/** Milliseconds before that at which a token in use is checked again in the background, and so long IAM may be away. */
const RENEW_BEFORE = 2 * 60_000;
/** Milliseconds before its end that a temporary key is given up, so that no call under way outlives it. */
const MARGIN = 90_000;

/** At once where the token was checked lately. Throws `SmsRefused` or `SmsUnreachable` where nothing may be sent. */
export interface TokenCheck {
  (token: string, caller?: CallerIdentity): void | Promise<void>;
  /** Asks IAM, whatever is cached. */
  anew(token: string, caller?: CallerIdentity): Promise<void>;
}

/**
 * `sign-and-forward`: a token that the gateway has not seen lately is shown to IAM first, so that nobody rides on the
 * gateway's signature with a made-up one. Where the account of the gateway's key is known, the token's must be the same.
 */
export function tokenCheck(
  iam: Iam,
  ownKey: HeldKey | KeySource | null = null,
  clock: Clock = SYSTEM_CLOCK,
): TokenCheck {
  const checked = new TokenCache<void>(
    async (token, caller) => {
      const found = await iam.tokenOf(token, caller);
      const { domainId } = (typeof ownKey === 'function' ? await ownKey() : ownKey) ?? {};
      if (domainId !== undefined && found.domainId !== null && found.domainId !== domainId) throw otherAccount();
      return { value: undefined, ttl: BELIEVED_FOR, endsAt: found.expiresAt };
    },
    { renewBefore: RENEW_BEFORE, clock },
  );
  return withAnew(checked);
}

/**
 * `exchange`: the temporary key that IAM gives for a token. It outlives the token, so it is asked for anew long before its
 * own end: for a token that has ended or was revoked IAM gives none.
 */
export interface TokenExchange {
  (token: string, caller?: CallerIdentity): HeldKey | Promise<HeldKey>;
  /** Asks IAM, whatever is cached. */
  anew(token: string, caller?: CallerIdentity): Promise<HeldKey>;
}

export function tokenExchange(iam: Iam, clock: Clock = SYSTEM_CLOCK): TokenExchange {
  const keys = new TokenCache<HeldKey>(
    async (token, caller) => {
      const { key, expiresAt } = await iam.keyFor(token, caller);
      return { value: key, ttl: BELIEVED_FOR, endsAt: expiresAt - MARGIN };
    },
    { renewBefore: RENEW_BEFORE, clock },
  );
  return withAnew(keys);
}

function withAnew<Value>(memory: TokenCache<Value>) {
  const of = (token: string, caller?: CallerIdentity) => memory.of(token, caller);
  return Object.assign(of, { anew: (token: string, caller?: CallerIdentity) => memory.anew(token, caller) });
}

function otherAccount(): RequestRejectedError {
  const message = "The token belongs to another account than the gateway's key. Use a token of the gateway's account.";
  return new RequestRejectedError(403, 'TOKEN_OF_ANOTHER_ACCOUNT', message);
}
