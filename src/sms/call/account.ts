import type { Credentials } from '../auth/credentials.ts';
import type { CallerIdentity } from '../fairness/caller-identity.ts';
import type { Account } from '../resilience/throttle.ts';

/**
 * The account that SMS counts a call for. All calls that the gateway's own key signs are of one account. Of any other call it is
 * not known, so the caller is taken for an account of its own.
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
