import type { CallerIdentity } from '../../fairness/caller-identity.ts';
import type { Credentials } from '../auth/credentials.ts';
import type { Account } from '../resilience/throttle.ts';

/**
 * The account to which SMS counts a call. All calls signed with the gateway's own key belong to one account. For other calls
 * the account is not known, so each caller counts as an account.
 */
export function accountOf({ key, proof }: Credentials, caller: CallerIdentity): Account | Promise<Account> {
  if (key === null || proof.key !== 'own')
    return { id: caller.fingerprint, sharedId: `caller ${caller.sharedKey}`, name: 'the caller' };
  const current = key();
  return current instanceof Promise ? current.then(ofKey) : ofKey(current);
}

function ofKey({ ak }: { ak: string }): Account {
  const id = `access key ${ak}`;
  return { id, sharedId: id, name: "the account of the gateway's key" };
}
